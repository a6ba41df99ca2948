// What can be done with many conversations at once. Not how many at a time: see bulk.ts.
import type { Account } from '../state/account.svelte';
import type { Change } from './bulk';
import { words } from './words';

/** Resolves them, or with `open` reopens them. */
export function statusChange(account: Account, status: 'open' | 'resolved'): Change {
  const back = (before: string) => (before === 'resolved' ? 'resolved' : 'open');
  return {
    run: async ({ id, status: now }) => now !== status && account.setStatus(id, status),
    undo: async ({ id, status: before }) => account.setStatus(id, back(before)),
    done: status === 'resolved' ? words.bulk.resolved : words.bulk.reopened,
  };
}
