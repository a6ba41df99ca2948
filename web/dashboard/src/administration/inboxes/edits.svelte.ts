// What was edited and not saved, by inbox: it outlives leaving the page, so that a wrong click loses nothing.
import { SvelteMap } from 'svelte/reactivity';
import type { InboxSettings } from '../../../../api/inboxes';

/** Edited settings by account and inbox, for as long as the dashboard's page is there. */
const kept = new SvelteMap<string, Partial<InboxSettings>>();

/** The edits of one inbox. */
export function editsOf(account: number, inbox: number) {
  const key = `${account}:${inbox}`;
  return {
    get value(): Partial<InboxSettings> {
      return kept.get(key) ?? {};
    },
    set(edits: Partial<InboxSettings>): void {
      kept.set(key, edits);
    },
    clear(): void {
      kept.delete(key);
    },
  };
}
