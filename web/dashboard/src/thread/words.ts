// What the thread, its composer and the panel beside it say, in English. Not what the whole dashboard shares: ../words.ts.
import { plural } from '../lib/plural';

/** English. */
export const threadWords = {
  deleted: 'This message was deleted',
  newDivider: 'New',
  showAll: 'Show all',
  showLess: 'Show less',
  copyCode: 'Copy',
  copied: 'Copied',
  copyFailed: 'The browser did not allow copying.',
  olderStart: 'This is where the conversation began.',
  newerLoading: 'Loading newer messages',
  newerFailed: 'Newer messages could not be loaded.',
  jumpGone: 'That message is not in this conversation any more.',
  jumpFailed: 'The message could not be loaded. The server did not answer.',
  eventsMore: (n: number) => `${plural(n, 'earlier event', 'earlier events')}`,
  heard: (name: string, text: string) => `${name}: ${text}`,
  heardMany: (n: number) => plural(n, 'new message', 'new messages'),

  mark: { sent: 'Sent', delivered: 'Delivered', seen: 'Seen' },
  seenAt: (time: string) => `Seen ${time}`,

  menu: {
    label: (name: string, time: string) => `Message of ${name}, ${time}: actions`,
    copyText: 'Copy text',
    copyLink: 'Copy link to message',
    delete: 'Delete message',
    deletedToast: 'Message deleted',
    deleteFailed: 'The message could not be deleted. The server did not answer.',
  },

  files: {
    open: (name: string) => `Open ${name}`,
    downloadVerb: 'Download',
    image: (name: string) => `Image ${name}`,
    failed: 'The image could not be loaded',
    waiting: 'On its way',
  },
} as const;
