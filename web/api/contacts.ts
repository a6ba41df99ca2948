// The members' calls about one account's contacts, typed. Not state, and no retries.
import { signedIn } from './client';
import type { Attributes, Contact, Conversation } from './types';

/** What can be changed of a contact: what is absent stays, an empty text takes it away. */
export interface ContactChange {
  name?: string;
  email?: string;
  phone_number?: string;
  /** Added or replaced by key; null takes a value away. */
  custom_attributes?: Attributes;
}

/** The calls of one account. */
export function contactsOf(account: number) {
  const base = `/accounts/${account}`;
  return {
    update: async (id: number, change: ContactChange) =>
      (await signedIn<{ payload: Contact }>('PUT', `${base}/contacts/${id}`, change)).payload,
    setLabels: (id: number, labels: readonly string[]) =>
      signedIn<{ payload: string[] }>('POST', `${base}/contacts/${id}/labels`, { labels }),
    /** The newest 25 of those that the member sees. */
    conversations: async (id: number) =>
      (await signedIn<{ payload: Conversation[] }>('GET', `${base}/contacts/${id}/conversations`))
        .payload,
    search: async (query: string) =>
      (
        await signedIn<{ payload: Contact[] }>(
          'GET',
          `${base}/contacts/search?q=${encodeURIComponent(query)}`,
        )
      ).payload,
    /** `other` becomes a part of `kept`, which is answered. */
    merge: (kept: number, other: number) =>
      signedIn<Contact>('POST', `${base}/actions/contact_merge`, {
        base_contact_id: kept,
        mergee_contact_id: other,
      }),
  };
}
