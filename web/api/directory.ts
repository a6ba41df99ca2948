// The members' REST calls about what there is to choose from in an account, typed. Not conversations: see client.ts.
import { signedIn } from './client';
import type { components } from './schema';
import type { Agent } from './types';

/** An inbox that the member sees. */
export type Inbox = components['schemas']['InboxView'];

/** The calls about one account's members and inboxes. */
export function directoryOf(account: number) {
  const base = `/accounts/${account}`;
  return {
    agents: () => signedIn<Agent[]>('GET', `${base}/agents`),
    inboxes: async () => (await signedIn<{ payload: Inbox[] }>('GET', `${base}/inboxes`)).payload,
  };
}
