// The lists of the navigation: what belongs to each, in which order, and how the counts beside them follow changes.
// Pure; which part of a list is loaded is the store's business.
import type { ListQuery } from '../../../api/client';
import type { ConversationLive, Counts } from '../../../api/types';
import type { Inbox, Known } from './inbox';

/** The lists, in the order of the navigation. */
export const VIEWS = ['mine', 'unassigned', 'open', 'resolved'] as const;
export type View = (typeof VIEWS)[number];

/** What to ask the server for. */
export const QUERY: Record<View, Omit<ListQuery, 'page'>> = {
  mine: { assignee: 'me', status: 'open' },
  unassigned: { assignee: 'unassigned', status: 'open' },
  open: { assignee: 'all', status: 'open' },
  resolved: { assignee: 'all', status: 'resolved' },
};

/** Whether the conversation belongs to the member's list: the same rule as the server's for QUERY. */
export function belongs(view: View, conversation: Known, me: number): boolean {
  const owner = conversation.meta.assignee?.id;
  switch (view) {
    case 'mine':
      return conversation.status === 'open' && owner === me;
    case 'unassigned':
      return conversation.status === 'open' && owner === undefined;
    case 'open':
      return conversation.status === 'open';
    case 'resolved':
      return conversation.status === 'resolved';
  }
}

/**
 * The member's list, newest activity first, down to `horizon` (seconds): below it the server has more that is not
 * loaded, and a row shown there would pretend that nothing is between. The one that is `kept`, because it is on
 * show, stays though it no longer belongs: who resolves a conversation does not want it gone from under their hands.
 */
export function rowsOf(
  inbox: Inbox,
  view: View,
  horizon: number,
  kept: number | null = null,
): Known[] {
  return [...inbox.conversations.values()]
    .filter((one) => one.last_activity_at >= horizon)
    .filter((one) => one.id === kept || belongs(view, one, inbox.me))
    .sort((a, b) => b.last_activity_at - a.last_activity_at || b.id - a.id);
}

/** Messages of contacts that the member has not read; 0 while unknown. */
export function unreadOf(conversation: Known): number {
  if (conversation.read_count === null) return 0;
  return Math.max(0, conversation.incoming_count - conversation.read_count);
}

/** How many of the list's known conversations have something unread. */
export function unreadIn(inbox: Inbox, view: View): number {
  const all = [...inbox.conversations.values()];
  return all.filter((one) => unreadOf(one) > 0 && belongs(view, one, inbox.me)).length;
}

/** Position of the last message that is not an activity, 0 without one. */
export function lastPosition(conversation: ConversationLive): number {
  return conversation.messages.at(-1)?.position ?? 0;
}

/** The count beside a list; null where none is shown or known. */
export function countOf(counts: Counts | null, view: View): number | null {
  if (!counts) return null;
  switch (view) {
    case 'mine':
      return counts.mine_count;
    case 'unassigned':
      return counts.unassigned_count;
    case 'open':
      return counts.all_count;
    case 'resolved':
      return null;
  }
}

/** How the counts follow one conversation's change; one that was never seen makes them stale instead of wrong. */
export function countsAfter(
  inbox: Inbox,
  before: Known | undefined,
  after: Known,
): Pick<Inbox, 'counts' | 'countsStale' | 'revision'> {
  const { counts, countsStale, revision } = inbox;
  if (!before) return { counts, countsStale: true, revision: revision + 1 };
  const change = (view: View) =>
    Number(belongs(view, after, inbox.me)) - Number(belongs(view, before, inbox.me));
  const [mine, unassigned, all] = [change('mine'), change('unassigned'), change('open')];
  if (mine === 0 && unassigned === 0 && all === 0) return { counts, countsStale, revision };
  return {
    counts: counts && {
      mine_count: counts.mine_count + mine,
      unassigned_count: counts.unassigned_count + unassigned,
      assigned_count: counts.assigned_count + all - unassigned,
      all_count: counts.all_count + all,
    },
    countsStale,
    revision: revision + 1,
  };
}
