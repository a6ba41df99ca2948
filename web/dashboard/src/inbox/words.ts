// What the list of conversations says. Not the names of the fixed lists: see the dashboard's words.
import type { FixedView, Sort } from '../state/views';

const plural = new Intl.PluralRules('en');

function count(n: number, one: string, other: string): string {
  return `${n} ${plural.select(n) === 'one' ? one : other}`;
}

const empty: Record<
  FixedView | 'label' | 'inbox' | 'filtered' | 'unseen',
  { title: string; text: string }
> = {
  mine: {
    title: 'Your inbox is clear',
    text: 'Conversations that you own appear here. See who waits for somebody.',
  },
  unassigned: {
    title: 'Nobody is waiting',
    text: 'New conversations without an owner appear here at once.',
  },
  open: {
    title: 'No open conversations',
    text: 'When a visitor writes, it appears here at once.',
  },
  resolved: {
    title: 'Nothing resolved yet',
    text: 'Conversations that were resolved are kept here, and can be reopened.',
  },
  label: {
    title: 'No open conversation has this label',
    text: 'Give it to one with the L key or in the conversation’s people panel.',
  },
  inbox: {
    title: 'No open conversations in this inbox',
    text: 'When a visitor of that website writes, it appears here at once.',
  },
  filtered: {
    title: 'Nothing passes the filters',
    text: 'There may be more in this list without them.',
  },
  unseen: {
    title: 'No website has your chat yet',
    text: 'Put one line on yours. Whoever writes there appears here at once.',
  },
};

const sorts: Record<Sort, string> = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  waiting: 'Longest waiting first',
};

/** English. */
export const words = {
  empty,
  sorts,
  toInstall: 'Show the line',
  toUnassigned: 'Go to Unassigned',
  clearFilters: 'Clear filters',
  end: (n: number) => (n > 12 ? `That is all: ${count(n, 'conversation', 'conversations')}.` : ''),
  waits: 'Waiting for an answer for ',
  waitsSince: (time: string) => `Waiting for an answer since ${time}`,
  owner: (name: string) => `Owned by ${name}`,
  priority: {
    low: 'Low priority',
    medium: 'Medium priority',
    high: 'High priority',
    urgent: 'Urgent',
  },
  labels: (names: string) => `Labels: ${names}`,
  moreLists: 'Labels and inboxes',
  filters: 'Filter and order',
  filtered: 'Filter and order, filtered',
  order: 'Order',
  unreadOnly: 'Unread only',
  inbox: 'Inbox',
  allInboxes: 'All inboxes',
  label: 'Label',
  allLabels: 'All labels',
  select: (name: string) => `Select ${name}`,
  selectMany: 'Select several…',
  bulk: {
    label: 'With the selected conversations',
    selected: (n: number) => `${n} selected`,
    clear: 'Clear selection',
    resolve: 'Resolve',
    reopen: 'Reopen',
    assign: 'Assign to…',
    labels: 'Labels…',
    resolved: (n: number) => `${count(n, 'conversation', 'conversations')} resolved.`,
    reopened: (n: number) => `${count(n, 'conversation', 'conversations')} reopened.`,
    assigned: (n: number) => `${count(n, 'conversation', 'conversations')} handed over.`,
    labelled: (n: number) => `Labels of ${count(n, 'conversation', 'conversations')} changed.`,
    unread: (n: number) => `${count(n, 'conversation', 'conversations')} marked as unread.`,
    undone: (n: number) => `${count(n, 'conversation', 'conversations')} as before.`,
    failed: (n: number) => `${n} could not be changed.`,
    progress: (n: number, of: number) => `${n} of ${of}…`,
  },
} as const;
