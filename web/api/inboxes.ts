// The members' REST calls about inboxes, typed. Not in client.ts: only the administration asks, and it is loaded when opened.
import { signedIn } from './client';
import type { components } from './schema';

/** A website widget with its settings. */
export type Inbox = components['schemas']['InboxView'];

/** The calls about one account's inboxes. */
export function inboxesOf(account: number) {
  const base = `/accounts/${account}/inboxes`;
  return {
    list: async () => (await signedIn<{ payload: Inbox[] }>('GET', base)).payload,
    read: (id: number) => signedIn<Inbox>('GET', `${base}/${id}`),
  };
}

/** The calls about one account's inboxes. */
export type Inboxes = ReturnType<typeof inboxesOf>;
