// The members' calls that change a conversation besides its messages and status. Typed; not state, and no retries.
import { signedIn } from './client';
import type { Agent, Attributes, Conversation, Label, Priority } from './types';

/** The calls of one account. */
export function deskOf(account: number) {
  const base = `/accounts/${account}`;
  const conversation = (id: number) => `${base}/conversations/${id}`;
  return {
    /** To a member, who joins by it, or to nobody. Answers the owner. */
    assign: (id: number, assignee: number | null) =>
      signedIn<Agent | null>('POST', `${conversation(id)}/assignments`, { assignee_id: assignee }),
    setPriority: (id: number, priority: Priority | null) =>
      signedIn<void>('POST', `${conversation(id)}/toggle_priority`, { priority }),
    /** Replaces the labels; answers them. */
    setLabels: (id: number, labels: readonly string[]) =>
      signedIn<{ payload: string[] }>('POST', `${conversation(id)}/labels`, { labels }),
    /** What is named is replaced, and null takes it away. */
    setAttributes: (id: number, attributes: Attributes) =>
      signedIn<Conversation>('PATCH', conversation(id), { custom_attributes: attributes }),
    markUnread: (id: number) => signedIn<Conversation>('POST', `${conversation(id)}/unread`),
    labels: () => signedIn<{ payload: Label[] }>('GET', `${base}/labels`),
    createLabel: (title: string, color: string) =>
      signedIn<Label>('POST', `${base}/labels`, { title, color, show_on_sidebar: true }),
  };
}

/** Where the conversation is as a text without private notes, in this browser's time. */
export function transcriptPath(account: number, conversation: number): string {
  const ahead = -new Date().getTimezoneOffset();
  return `/api/v1/accounts/${account}/conversations/${conversation}/transcript?utc_offset=${ahead}`;
}

/** The calls of one account. */
export type Desk = ReturnType<typeof deskOf>;
