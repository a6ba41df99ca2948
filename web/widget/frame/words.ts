// Every word that the chat says to visitors, in English, and the type that other languages fill in (words/). Not the business's own
// texts: those are settings. What needs a number or a name is a function.

/** Names in a sentence: "Priya, Maya and Tomás". */
const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });

export const english = {
  /** BCP 47; times and days are said in it. */
  lang: 'en-GB',
  dir: 'ltr' as 'ltr' | 'rtl',
  and: (names: string[]) => list.format(names),
  more: (count: number) => `${count} more`,

  // First view
  chat: 'Chat',
  close: 'Close chat',
  yourName: 'Your name',
  yourEmail: 'Your e-mail address',
  optional: '(optional)',
  message: 'Message',
  askAnything: 'Ask us anything',
  start: 'Start chat',
  oneMoment: 'One moment…',
  badEmail: 'This e-mail address is not complete.',
  waits: 'You can close this page, the chat waits for you here.',
  runsOn: 'Runs on Frontdesk',
  weAreHere: 'We are here',
  areHere: (names: string, count: number) => `${names} ${count > 1 ? 'are' : 'is'} here`,
  takesAWhile: 'An answer may take a while',
  nobodyHere: 'Nobody is here now. Write, and we will answer.',
  unreachable: 'The chat cannot be reached right now.',
  keptHere: 'Your message is kept here.',
  gone: 'This chat is no longer available.',
  unknown: 'There is no chat at this address.',
  again: 'Try again',

  // Conversation
  hereNow: 'Here now',
  connecting: 'Connecting…',
  offline: 'You are offline. What you write is sent later.',
  tryNow: 'Try now',
  messages: 'Messages',
  loading: 'Loading…',
  write: 'Write a message',
  send: 'Send',
  you: 'You',
  agent: 'Agent',
  sending: 'Sending',
  sent: 'Sent',
  delivered: 'Delivered',
  seen: 'Seen',
  notSent: 'Not sent',
  retry: 'Retry',
  remove: 'Delete',
  deleted: 'This message was deleted',
  newSince: 'New',
  newMessages: 'New messages',
  dismiss: 'Dismiss',
  typing: (names: string) => `${names} typing`,
  today: 'Today',
  yesterday: 'Yesterday',
  joined: (names: string) => `${names} joined`,
  resolved: (name: string) => `${name} resolved the conversation`,
  reopened: (name: string) => `${name} reopened the conversation`,
  youReopened: 'You reopened this conversation',
  ended: 'This conversation was resolved. Write to reopen it.',
  startAnew: 'Start a new conversation',

  // Menu
  menu: 'Options',
  mute: 'Turn sounds off',
  unmute: 'Turn sounds on',
  transcript: 'Download the conversation',
  transcriptFailed: 'The conversation could not be downloaded.',

  // Attachments
  attach: 'Attach a file',
  attached: 'Attached files',
  cancel: 'Cancel',
  removeFile: (name: string) => `Remove ${name}`,
  uploading: (name: string, percent: number) => `Uploading ${name}, ${percent} %`,
  uploadFailed: 'Not uploaded',
  tooLarge: (name: string, megabytes: number) => `${name} is larger than ${megabytes} MB.`,
  tooMany: (count: number) => `At most ${count} files in one message.`,
  isEmpty: (name: string) => `${name} is empty.`,
  limits: (megabytes: number, count: number) => `Up to ${count} files of ${megabytes} MB`,
  dropHere: 'Drop files here',
  enlarge: (name: string) => `Enlarge ${name}`,
  download: (name: string) => `Download ${name}`,
  fileFailed: 'This file could not be loaded.',
  closePicture: 'Close the picture',

  // Emoji
  emoji: 'Emoji',
  emojiSearch: 'Search emoji',
  emojiNone: 'No emoji found',
  emojiRecent: 'Used lately',
  emojiGroups: {
    smileys: 'Smileys',
    gestures: 'Gestures and hearts',
    nature: 'Nature',
    food: 'Food and drink',
    places: 'Places and travel',
    things: 'Things',
    symbols: 'Symbols',
  },
};

/** One language. */
export type Words = typeof english;
