// What can be done with many conversations at once. Not how many at a time: see bulk.ts.
import type { Agent } from '../../../api/types';
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

/** Hands them over to a member, or to nobody. */
export function ownerChange(account: Account, agent: Agent | null): Change {
  return {
    run: async ({ id, meta }) =>
      (meta.assignee?.id ?? null) !== (agent?.id ?? null) && account.edits.assign(id, agent),
    undo: async ({ id, meta }) => account.edits.assign(id, meta.assignee ?? null),
    done: words.bulk.assigned,
  };
}

/** Puts labels on them and takes others off; the rest of each one's labels stays. */
export function labelChange(
  account: Account,
  { added, removed }: { added: readonly string[]; removed: readonly string[] },
): Change {
  return {
    run: async ({ id, labels }) =>
      account.edits.setLabels(id, [
        ...new Set([...labels, ...added].filter((label) => !removed.includes(label))),
      ]),
    undo: async ({ id, labels }) => account.edits.setLabels(id, labels),
    done: words.bulk.labelled,
  };
}

/** Marks them as unread. There is nothing to take back: opening one reads it. */
export function unreadChange(account: Account): Change {
  return {
    run: async ({ id }) => account.edits.markUnread(id),
    undo: async () => undefined,
    done: words.bulk.unread,
  };
}
