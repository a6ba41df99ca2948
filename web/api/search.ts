// The members' search over conversations, people and messages, typed. Not what is found in what is loaded already.
import { signedIn } from './client';
import type { Contact, Conversation, Message } from './types';

/** A piece of a found text; `match` where it is what was looked for. */
export interface ExcerptPart {
  text: string;
  match: boolean;
}

/** A message that was found, with where it stands. */
export type FoundMessage = Pick<Message, 'id' | 'conversation_id' | 'created_at'> & {
  contact_name: string | null;
  excerpt: ExcerptPart[];
};

/** What was found, the best first. */
export interface Found {
  conversations: Conversation[];
  contacts: Contact[];
  messages: FoundMessage[];
}

/** The calls about one account's search. */
export function searchOf(account: number) {
  const base = `/accounts/${account}`;
  return {
    find: async (text: string, cancelled: AbortSignal) => {
      const search = new URLSearchParams({ q: text });
      const answer = await signedIn<{ payload: Found }>(
        'GET',
        `${base}/search?${search}`,
        undefined,
        cancelled,
      );
      return answer.payload;
    },
    /** A contact's conversations, newest activity first. */
    conversationsOf: async (contact: number) =>
      (
        await signedIn<{ payload: Conversation[] }>(
          'GET',
          `${base}/contacts/${contact}/conversations`,
        )
      ).payload,
  };
}
