// Every sentence that the dashboard shows, in one typed place. Not formats of times: see lib/times.ts.
import type { Role } from '../../api/types';
import type { FixedView } from './state/views';

const plural = new Intl.PluralRules('en');

function count(n: number, one: string, other: string): string {
  return `${n} ${plural.select(n) === 'one' ? one : other}`;
}

const view: Record<FixedView, string> = {
  mine: 'My inbox',
  unassigned: 'Unassigned',
  open: 'All open',
  resolved: 'Resolved',
};

/** For the narrow tabs of a phone. */
const viewShort: Record<FixedView, string> = { ...view, mine: 'Inbox' };

const role: Record<Role, string> = { administrator: 'Administrator', agent: 'Agent' };

/** English. */
export const words = {
  product: 'Frontdesk',
  view,
  viewShort,
  role,
  visitor: 'Visitor',
  you: 'You',
  youPrefix: 'You: ',
  notePrefix: 'Note: ',

  now: 'now',
  minutes: (n: number) => `${n}m`,
  hours: (n: number) => `${n}h`,
  today: 'Today',
  yesterday: 'Yesterday',

  tryAgain: 'Try again',
  retry: 'Retry',
  delete: 'Delete',
  undo: 'Undo',
  close: 'Close',
  back: 'Back to conversations',

  login: {
    title: 'Log in to Frontdesk',
    email: 'E-mail',
    password: 'Password',
    show: 'Show password',
    hide: 'Hide password',
    submit: 'Log in',
    busy: 'Logging in…',
    emailMissing: 'Enter your e-mail address.',
    passwordMissing: 'Enter your password.',
    wrong: 'That e-mail address and password do not match.',
    throttled: (seconds: number) =>
      `Too many tries. Try again in ${count(seconds, 'second', 'seconds')}.`,
    patience: 'Too many tries. Wait a moment before you try again.',
    unreachable: 'The server cannot be reached. Check your connection and try again.',
    broken: 'The server could not log you in. Try again in a moment.',
    ended: 'Your session has ended. Log in to continue where you were.',
    sceneTitle: 'Every conversation, one desk.',
    sceneText: 'Answers arrive the moment they are written, for your visitors and for your team.',
  },

  start: {
    unreachableTitle: 'Frontdesk cannot be reached',
    unreachableText: 'The server does not answer. Your unsent messages are kept in this browser.',
    noAccountTitle: 'No account yet',
    noAccountText:
      'You are logged in, but you are not a member of any account. Ask an administrator to invite you.',
    missingTitle: 'Nothing lives here',
    missingText: 'The address may be mistyped, or the page has moved.',
    toInbox: 'Go to my inbox',
  },

  part: {
    loading: 'Loading',
    failedTitle: 'This page could not be loaded',
    failedText: 'Frontdesk may have been updated, or the connection was lost.',
    reload: 'Load again',
  },

  nav: {
    main: 'Main',
    profile: 'Your profile',
    administration: 'Administration',
    unread: (n: number) => `${n} unread`,
    unreadElsewhere: (n: number) => `${n} unread in other accounts`,
    switchAccount: 'Switch account',
    find: 'Find anything',
    inboxes: 'Inboxes',
    labels: 'Labels',
    notifications: 'Notifications…',
    shortcuts: 'Keyboard shortcuts',
    menu: 'Theme and log out',
    accounts: 'Account',
    theme: 'Theme',
    themes: { system: 'Same as this device', light: 'Light', dark: 'Dark' },
    logOut: 'Log out',
    logOutFailed: 'You are still logged in: the server did not answer.',
  },

  line: {
    away: 'Reconnecting…',
    hint: 'What you send waits here until the line is back.',
    tryNow: 'Try now',
    newVersion: 'Frontdesk was updated. Drafts are kept.',
    reload: 'Reload',
  },

  list: {
    label: 'Conversations',
    loading: 'Loading conversations',
    failedTitle: 'This list could not be loaded',
    failedText: 'The server did not answer.',
    moreFailed: 'More could not be loaded.',
    typing: 'is typing…',
    typingName: (name: string) => `${name} is typing…`,
    noMessages: 'No messages yet',
    chooseTitle: 'No conversation chosen',
    chooseText: 'Pick one from the list, or move with the keys.',
    keys: [
      ['↑ ↓', 'Move in the list'],
      ['Enter', 'Open'],
      ['Esc', 'Back to the list'],
    ],
  },

  thread: {
    label: (name: string) => `Conversation with ${name}`,
    log: 'Messages',
    loading: 'Loading messages',
    goneTitle: 'This conversation is not here',
    goneText: 'It does not exist, or it is not one of yours.',
    failedTitle: 'The messages could not be loaded',
    failedText: 'The server did not answer.',
    olderFailed: 'Older messages could not be loaded.',
    olderLoading: 'Loading older messages',
    newMessages: 'New messages',
    toNewest: 'Newest messages',
    note: 'Private note, members only',
    sent: 'Sent',
    sending: 'Sending…',
    queued: 'Waiting for the connection',
    failed: 'Not sent',
    notSentBecause: (reason: string) => `Not sent: ${reason}`,
    resolve: 'Resolve',
    reopen: 'Reopen',
    join: 'Join',
    resolvedToast: 'Resolved',
    reopenedToast: 'Reopened',
    resolveFailed: 'It could not be resolved. The server did not answer.',
    reopenFailed: 'It could not be reopened. The server did not answer.',
    joined: 'You joined the conversation',
    joinFailed: 'You could not join. The server did not answer.',
    refused: (reason: string) => reason || 'The server refused it.',
    status: { open: 'Open', resolved: 'Resolved', pending: 'Pending', snoozed: 'Snoozed' },
    owner: (name: string) => `Owned by ${name}`,
    ownerYou: 'Owned by you',
    unowned: 'Nobody owns it yet',
  },

  composer: {
    as: 'Write as',
    reply: 'Reply',
    note: 'Note',
    replyPlaceholder: (name: string) => `Reply to ${name}`,
    notePlaceholder: 'Only members see this',
    to: (name: string) => `To ${name}`,
    toMembers: 'Members only',
    send: 'Send',
    addNote: 'Add note',
    tooLong: (over: number) => `${count(over, 'character', 'characters')} too long to send.`,
    full: 'Too many messages wait to be sent. Keep this one until the line is back.',
    joins: 'Replying joins you to the conversation.',
  },

  people: {
    title: 'People',
    show: 'Show people',
    hide: 'Hide people',
    agents: 'Agents',
    contact: 'Contact',
    owner: 'Owner',
    nobody: 'Nobody has joined yet.',
    noEmail: 'No e-mail address given',
    unverified: 'Address as typed, not verified',
    conversation: 'Conversation',
    number: 'Number',
    started: 'Started',
    status: 'Status',
  },
} as const;
