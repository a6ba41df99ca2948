// The lists of the navigation: what belongs to each, in which order, and how the counts beside them follow changes.
// Pure; which part of a list is loaded is the store's business.
import type { ConversationLive, Counts } from '../../../api/types';
import type { Inbox, Known } from './inbox';
import type { Place } from './rows';

/** The lists that every account has, in the order of the navigation. */
export const VIEWS = ['mine', 'unassigned', 'open', 'resolved'] as const;
export type FixedView = (typeof VIEWS)[number];

/** One of them, or the open conversations with a label or of an inbox. */
export type View = FixedView | `label:${string}` | `inbox:${number}`;

export const SORTS = ['newest', 'oldest', 'waiting'] as const;
/** By last activity; or longest waiting first, and after them, newest activity first, those that wait for nothing. */
export type Sort = (typeof SORTS)[number];

/** How a reader narrows and turns a list. */
export interface Filters {
  readonly inbox: number | null;
  readonly label: string | null;
  readonly unread: boolean;
  readonly sort: Sort;
}

/** A list as it comes. */
export const PLAIN: Filters = { inbox: null, label: null, unread: false, sort: 'newest' };

/** A list with its filters. */
export interface Asked extends Filters {
  readonly view: View;
}

/** The label of a label's list. */
export function labelOf(view: View): string | null {
  return view.startsWith('label:') ? view.slice('label:'.length) : null;
}

/** The inbox of an inbox's list. */
export function inboxOf(view: View): number | null {
  return view.startsWith('inbox:') ? Number(view.slice('inbox:'.length)) : null;
}

/** Whether it is one of the lists that every account has. */
export function isFixed(view: View): view is FixedView {
  return VIEWS.some((one) => one === view);
}

/** What tells two lists apart. */
export function keyOf({ view, inbox, label, unread, sort }: Asked): string {
  return JSON.stringify([view, inbox, label, unread, sort]);
}

/** Whether the conversation belongs to the member's list: the same rule as the server's. */
export function belongs(view: View, conversation: Known, me: number): boolean {
  const owner = conversation.meta.assignee?.id;
  if (conversation.status !== (view === 'resolved' ? 'resolved' : 'open')) return false;
  if (view === 'mine') return owner === me;
  if (view === 'unassigned') return owner === undefined;
  if (isFixed(view)) return true;
  const label = labelOf(view);
  return label === null
    ? conversation.inbox_id === inboxOf(view)
    : conversation.labels.includes(label);
}

/** Whether it belongs to the list and passes its filters. */
export function passes(asked: Asked, conversation: Known, me: number): boolean {
  return (
    belongs(asked.view, conversation, me) &&
    (asked.inbox === null || conversation.inbox_id === asked.inbox) &&
    (asked.label === null || conversation.labels.includes(asked.label)) &&
    (!asked.unread || unreadOf(conversation) > 0)
  );
}

/** Greater than any instant in seconds. */
const NOBODY_WAITS = 2 ** 50;

/** Where it stands in a list so sorted. */
export function placeOf(sort: Sort, known: Known): Place {
  const { id, last_activity_at: activity, waiting_since: since } = known;
  if (sort === 'newest') return { id, rank: -activity, tie: -id };
  if (sort === 'oldest') return { id, rank: activity, tie: id };
  return { id, rank: since > 0 ? since : NOBODY_WAITS - activity, tie: id };
}

/** How the server is told which row a page follows. */
export function afterOf(sort: Sort, { id, rank }: Place): { seconds: number; id: number } {
  if (sort === 'newest') return { seconds: -rank, id };
  return { seconds: rank > NOBODY_WAITS / 2 ? rank - NOBODY_WAITS : rank, id };
}

/** Messages of contacts that the member has not read; 0 while unknown. */
export function unreadOf(conversation: Known): number {
  if (conversation.read_count === null) return 0;
  return Math.max(0, conversation.incoming_count - conversation.read_count);
}

/** The lists whose unread conversations call for somebody. */
export const CALLING = ['mine', 'unassigned'] as const;
/** How many conversations of them have something unread. */
export type Unread = Readonly<Record<(typeof CALLING)[number], number>>;

/** How the numbers of unread conversations follow one that changed, came (`before` is missing) or was forgotten. */
export function unreadAfter(
  { unread, me }: Pick<Inbox, 'unread' | 'me'>,
  before: Known | undefined,
  after: Known | undefined,
): Unread {
  const calls = (view: View, one: Known | undefined) =>
    Number(one !== undefined && unreadOf(one) > 0 && belongs(view, one, me));
  const [mine, unassigned] = CALLING.map((view) => calls(view, after) - calls(view, before));
  if (!mine && !unassigned) return unread;
  return { mine: unread.mine + (mine ?? 0), unassigned: unread.unassigned + (unassigned ?? 0) };
}

/** Position of the last message that is not an activity, 0 without one. */
export function lastPosition(conversation: ConversationLive): number {
  return conversation.messages.at(-1)?.position ?? 0;
}

/** The count beside a list; null where none is shown or known. */
export function countOf(counts: Counts | null, view: View): number | null {
  if (!counts) return null;
  if (view === 'mine') return counts.mine_count;
  if (view === 'unassigned') return counts.unassigned_count;
  return view === 'open' ? counts.all_count : null;
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
