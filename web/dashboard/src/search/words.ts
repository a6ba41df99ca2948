// What the palette says. Not the names of lists and pages, which are the dashboard's.

/** English. */
export const words = {
  title: 'Find anything',
  placeholder: 'Find a conversation, a person, a message or a command',
  results: 'Results',
  groups: {
    recent: 'Recent',
    here: 'This conversation',
    conversations: 'Conversations',
    people: 'People',
    messages: 'Messages',
    go: 'Go to',
    settings: 'Settings',
    commands: 'Commands',
  },
  nothing: (text: string) => `Nothing found for “${text}”`,
  nothingText: 'Try another word, a name or an e-mail address.',
  searching: 'Searching…',
  failed: 'The search did not answer. Only what is loaded here was looked through.',
  again: 'Try again',
  found: (n: number) => (n === 1 ? '1 result' : `${n} results`),
  theme: { system: 'Theme: same as this device', light: 'Theme: light', dark: 'Theme: dark' },
  notifications: 'Notification settings',
  shortcuts: 'Keyboard shortcuts',
  inbox: (name: string) => `Inbox: ${name}`,
  label: (title: string) => `Label: ${title}`,
  /** By these one's own page is found, too. */
  profile: 'name picture signature password theme API token',
  account: (name: string) => `Account: ${name}`,
  administration: (page: string) => `Administration: ${page}`,
  resolve: 'Resolve this conversation',
  reopen: 'Reopen this conversation',
  noConversation: 'This person has no conversation that you may see.',
  notOpened: 'It could not be opened. The server did not answer.',
  hints: [
    ['↑ ↓', 'Move'],
    ['Enter', 'Open'],
    ['Esc', 'Close'],
  ],
} as const;
