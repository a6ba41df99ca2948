// Saves what was changed of a contact, with a way back; answers what is wrong with it. Not the change: see state/contacts.
import { ApiError } from '../../../api/client';
import type { ContactChange } from '../../../api/contacts';
import type { Attributes, AttributeValue, Contact } from '../../../api/types';
import type { Account } from '../state/account.svelte';
import type { Known } from '../state/inbox';
import { toasts } from '../ui/toasts.svelte';
import { words } from '../words';
import { peopleWords as w } from './words';

/** Why it was not saved, in a sentence. */
function reasonOf(error: unknown): string {
  return error instanceof ApiError ? words.thread.refused(error.message) : w.failed;
}

/** Saves one field. Null when it is saved. */
export async function saveContact(
  account: Account,
  contact: Contact,
  label: string,
  change: ContactChange,
): Promise<string | null> {
  const before = beforeOf(contact, change);
  try {
    await account.contacts.update(contact, change);
  } catch (error) {
    return reasonOf(error);
  }
  const undo = async () => {
    const now = account.inbox.conversations.get(account.inbox.ofContact.get(contact.id)?.[0] ?? -1)
      ?.meta.sender;
    try {
      await account.contacts.update(now ?? contact, before);
    } catch (error) {
      toasts.show(reasonOf(error));
    }
  };
  toasts.show(w.saved(label), { label: words.undo, run: () => void undo() });
  return null;
}

/** Sets an attribute of a conversation, or takes it away with null. Null when it is saved. */
export async function saveAttribute(
  account: Account,
  { id, custom_attributes }: Known,
  key: string,
  value: AttributeValue,
): Promise<string | null> {
  const before = (custom_attributes as Attributes)[key] ?? null;
  try {
    await account.edits.setAttribute(id, key, value);
  } catch (error) {
    return reasonOf(error);
  }
  const undo = () =>
    account.edits.setAttribute(id, key, before).catch((error) => toasts.show(reasonOf(error)));
  toasts.show(w.saved(key), { label: words.undo, run: () => void undo() });
  return null;
}

/** Replaces the labels; says when that did not work. */
export async function saveContactLabels(
  account: Account,
  contact: Contact,
  labels: readonly string[],
): Promise<void> {
  try {
    await account.contacts.setLabels(contact, labels);
  } catch (error) {
    toasts.show(reasonOf(error));
  }
}

/** The change that takes `change` back. */
export function beforeOf(contact: Contact, change: ContactChange): ContactChange {
  const before: ContactChange = {};
  if (change.name !== undefined) before.name = contact.name;
  if (change.email !== undefined) before.email = contact.email ?? '';
  if (change.phone_number !== undefined) before.phone_number = contact.phone_number ?? '';
  if (change.custom_attributes) {
    const known = contact.custom_attributes as ContactChange['custom_attributes'];
    const keys = Object.keys(change.custom_attributes);
    before.custom_attributes = Object.fromEntries(keys.map((key) => [key, known?.[key] ?? null]));
  }
  return before;
}
