// The members' REST calls about inboxes, typed. Not in client.ts: only the administration asks, and it is loaded when opened.
import { signedIn } from './client';
import type { components } from './schema';
import type { Agent } from './types';

type Loose = components['schemas']['InboxView'];

/** A website widget with its settings. `hmac_token` is there for administrators. */
export type Inbox = Omit<
  Loose,
  'widget_position' | 'launcher_icon' | 'ask_for' | 'hmac_token' | 'seen_at' | 'seen_host'
> & {
  widget_position: 'right' | 'left';
  launcher_icon: 'chat' | 'question' | 'wave';
  ask_for: 'name_email' | 'name' | 'nothing';
  hmac_token?: string | null;
  /** Unix seconds. */
  seen_at?: number | null;
  seen_host?: string | null;
};

/** What an owner may set. */
export type InboxSettings = Pick<
  Inbox,
  | 'name'
  | 'website_url'
  | 'widget_color'
  | 'widget_position'
  | 'launcher_icon'
  | 'launcher_text'
  | 'welcome_title'
  | 'welcome_tagline'
  | 'greeting_enabled'
  | 'greeting_message'
  | 'ask_for'
  | 'show_team'
  | 'locale'
  | 'enabled'
  | 'allowed_domains'
  | 'hmac_mandatory'
>;

/** The calls about one account's inboxes. */
export function inboxesOf(account: number) {
  const base = `/accounts/${account}/inboxes`;
  const members = `/accounts/${account}/inbox_members`;
  return {
    list: async () => (await signedIn<{ payload: Inbox[] }>('GET', base)).payload,
    read: (id: number) => signedIn<Inbox>('GET', `${base}/${id}`),
    create: (settings: Partial<InboxSettings>) => signedIn<Inbox>('POST', base, settings),
    update: (id: number, settings: Partial<InboxSettings>) =>
      signedIn<Inbox>('PATCH', `${base}/${id}`, settings),
    remove: (id: number) => signedIn<void>('DELETE', `${base}/${id}`),
    resetSecret: (id: number) => signedIn<Inbox>('POST', `${base}/${id}/reset_hmac_token`),
    members: async (id: number) =>
      (await signedIn<{ payload: Agent[] }>('GET', `${members}/${id}`)).payload,
    setMembers: async (id: number, users: readonly number[]) =>
      (
        await signedIn<{ payload: Agent[] }>('PATCH', members, {
          inbox_id: id,
          user_ids: users,
        })
      ).payload,
    agents: () => signedIn<Agent[]>('GET', `/accounts/${account}/agents`),
  };
}

/** The calls about one account's inboxes. */
export type Inboxes = ReturnType<typeof inboxesOf>;
