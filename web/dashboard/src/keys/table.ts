// Every shortcut of the dashboard: its keys and what it does, in one table. The help sheet shows it, and what binds a key
// takes it from here: `keys.register('thread', [{ ...SHORTCUTS.thread.reply, run }])`. Not what the keys run.

/** Where a shortcut works, and its heading in the help sheet. */
export type Scope = 'list' | 'conversation' | 'thread' | 'go' | 'app';

export interface Shortcut {
  /** One or more ways to press it: `j`, `ArrowDown`, `mod+k`, or a sequence with a space, `g m`. */
  readonly keys: string | readonly string[];
  /** What it does, as the help sheet says it. */
  readonly label: string;
  /** Goes on while the key is held down. */
  readonly repeats?: boolean;
  /** Works in a text field, too; only for what no text is written with. */
  readonly whileTyping?: boolean;
}

/** The headings, in the order of the help sheet. */
export const SCOPES: readonly { scope: Scope; title: string }[] = [
  { scope: 'list', title: 'In the list' },
  { scope: 'conversation', title: 'On the chosen or marked conversation' },
  { scope: 'thread', title: 'In a conversation' },
  { scope: 'go', title: 'Go to' },
  { scope: 'app', title: 'Everywhere' },
];

/** The table. */
export const SHORTCUTS = {
  list: {
    next: { keys: ['j', 'ArrowDown'], label: 'Next row', repeats: true },
    previous: { keys: ['k', 'ArrowUp'], label: 'Row before', repeats: true },
    first: { keys: 'Home', label: 'First row' },
    last: { keys: 'End', label: 'Last loaded row' },
    open: { keys: 'Enter', label: 'Open' },
    select: { keys: 'x', label: 'Select, for doing something with many' },
    selectNext: { keys: 'Shift+ArrowDown', label: 'Select downwards', repeats: true },
    selectPrevious: { keys: 'Shift+ArrowUp', label: 'Select upwards', repeats: true },
    clear: { keys: 'Escape', label: 'End selecting' },
  },
  conversation: {
    resolve: { keys: 'e', label: 'Resolve or reopen' },
    unread: { keys: 'u', label: 'Mark as unread' },
    assign: { keys: 'a', label: 'Assign to…' },
    labels: { keys: 'l', label: 'Labels…' },
    priority: { keys: '#', label: 'Priority…' },
  },
  thread: {
    reply: { keys: 'r', label: 'Write a reply' },
    note: { keys: 'n', label: 'Write a private note' },
    previous: { keys: '[', label: 'Conversation above' },
    next: { keys: ']', label: 'Conversation below' },
    leave: { keys: 'Escape', label: 'Back to the list', whileTyping: true },
  },
  go: {
    mine: { keys: 'g m', label: 'My inbox' },
    unassigned: { keys: 'g u', label: 'Unassigned' },
    open: { keys: 'g a', label: 'All open' },
    resolved: { keys: 'g r', label: 'Resolved' },
  },
  app: {
    palette: { keys: ['mod+k', '/'], label: 'Find anything', whileTyping: true },
    help: { keys: '?', label: 'Shortcuts' },
  },
} as const satisfies Record<Scope, Record<string, Shortcut>>;
