// What a list is called: the fixed ones by the dictionary, the others by their label or inbox.
import type { Account } from '../state/account.svelte';
import { inboxOf, isFixed, labelOf, type View } from '../state/views';
import { words } from '../words';

/** The list's name. */
export function nameOf(view: View, account: Account): string {
  if (isFixed(view)) return words.view[view];
  const label = labelOf(view);
  if (label !== null) return label;
  const id = inboxOf(view);
  return account.directory.inboxes.find((one) => one.id === id)?.name ?? words.list.label;
}
