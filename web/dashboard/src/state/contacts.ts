// Changes of a contact: shown at once, taken back and thrown when the server refuses. Not what is said about them.
import { contactsOf, type ContactChange } from '../../../api/contacts';
import type { Contact } from '../../../api/types';
import type { InboxHolder } from './holder.svelte';
import { apply } from './inbox';

/** The contacts of one account. */
export class Contacts {
  readonly #holder: InboxHolder;
  readonly #api: ReturnType<typeof contactsOf>;

  constructor(holder: InboxHolder, account: number) {
    this.#holder = holder;
    this.#api = contactsOf(account);
  }

  /** Changes what is given of the contact as it is shown now. */
  async update(contact: Contact, change: ContactChange): Promise<void> {
    const custom_attributes = { ...contact.custom_attributes, ...change.custom_attributes };
    const shown = { ...contact, ...change, custom_attributes } as Contact;
    await this.#show(contact, shown, async () =>
      this.#put({ ...contact, ...(await this.#api.update(contact.id, change)) }),
    );
  }

  async setLabels(contact: Contact, labels: readonly string[]): Promise<void> {
    const shown = { ...contact, labels: [...labels].sort() };
    await this.#show(contact, shown, () => this.#api.setLabels(contact.id, labels));
  }

  /** The newest conversations of the contact that the member sees. */
  conversations(id: number) {
    return this.#api.conversations(id);
  }

  search(query: string): Promise<Contact[]> {
    return this.#api.search(query);
  }

  /** `other` becomes a part of `kept`: their conversations, labels and attributes go over. An event tells the rest. */
  async merge(kept: Contact, other: Contact): Promise<void> {
    await this.#api.merge(kept.id, other.id);
  }

  async #show(before: Contact, shown: Contact, send: () => Promise<unknown>): Promise<void> {
    this.#put(shown);
    try {
      await send();
    } catch (error) {
      this.#put(before);
      throw error;
    }
  }

  #put(contact: Contact): void {
    this.#holder.change((inbox) => apply(inbox, { kind: 'contact_updated', at: 0, contact }));
  }
}
