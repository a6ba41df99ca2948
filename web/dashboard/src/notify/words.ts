// What notifications say, and their settings. Not the words of messages.

/** English. */
export const words = {
  title: 'Notifications',
  whose:
    'These choices are yours in every browser. Only the permission to show something on the desktop is each browser’s own.',
  notSaved: 'Not saved: it holds until you close this page.',
  again: 'Try again',
  heard: (name: string, text: string) => `${name}: ${text}`,
  several: (n: number) => `${n} new messages`,
  inAccount: (name: string, account: string) => `${name} · ${account}`,
  file: 'sent a file',
  sound: 'Play a sound',
  soundText: 'A short tone, unless you are looking at the conversation.',
  tryIt: 'Try it',
  desktop: 'Show on the desktop',
  desktopText: 'While no Frontdesk tab is to be seen.',
  notYetHere: 'You chose it, and this browser has not allowed it yet.',
  allow: 'Allow notifications…',
  denied:
    'This browser blocks notifications of this site. Allow them in its settings for this page.',
  missing: 'This browser shows notifications on secure pages (https) only.',
  about: 'Tell me about',
  abouts: {
    all: 'All conversations I can see',
    mine: 'Conversations that I own or joined',
    none: 'Nothing',
  },
  flash: 'Blinking title',
  flashText: 'The page’s title changes to and fro while something is unread and you are elsewhere.',
  flashed: (n: number) => `${n} unread`,
} as const;
