// What the composer says, in English. Not the shared words: ../words.ts.
import { plural } from '../lib/plural';
import type { Mode } from '../state/drafts';
import type { Format } from './formatting';

const format: Record<Format, string> = {
  bold: 'Bold',
  italic: 'Italic',
  code: 'Code',
  quote: 'Quote',
  list: 'List',
};

const groups = {
  smileys: 'Smileys',
  gestures: 'People and gestures',
  nature: 'Animals and nature',
  food: 'Food and drink',
  places: 'Travel and places',
  things: 'Objects',
  symbols: 'Symbols',
};

/** English. */
export const composerWords = {
  unsent: 'not sent yet',
  attach: 'Attach files',
  emoji: 'Emoji',
  more: 'Add files or emoji',
  formatting: 'Formatting',
  format,
  emojiPicker: { search: 'Search emoji', none: 'No emoji found', recent: 'Used lately', groups },
  emojiFailed: 'The emoji could not be loaded.',

  sendKey: {
    enter: 'Enter sends. Press to send with Ctrl or Cmd and Enter instead',
    'mod+enter': 'Ctrl or Cmd and Enter sends. Press to send with Enter instead',
  },
  sendKeyToast: {
    enter: 'Enter sends from now on',
    'mod+enter': 'Enter makes a new line from now on',
  },

  drop: {
    reply: 'Drop to attach to your reply',
    note: 'Drop to attach to your note',
  } satisfies Record<Mode, string>,
  dropHint: 'Up to 10 files, 25 MB each',

  files: 'Files',
  uploading: (name: string, percent: number) => `${name}, ${percent} % uploaded`,
  cancel: (name: string) => `Cancel the upload of ${name}`,
  remove: (name: string) => `Remove ${name}`,
  retry: (name: string) => `Try to upload ${name} again`,
  failed: 'Not uploaded',
  tooLarge: (names: string[]) =>
    names.length === 1
      ? `${names[0]} is larger than 25 MB.`
      : `${plural(names.length, 'file is', 'files are')} larger than 25 MB: ${names.join(', ')}.`,
  tooMany: 'A message takes at most 10 files.',
  emptyFile: (names: string[]) => `There is nothing in ${names.join(', ')}.`,
  waiting: 'Sends when the files are there',
  stopWaiting: 'Do not send yet',
  fixFiles: 'Remove the files that did not arrive, or try them again.',

  signature: 'Signature',
  leaveOut: 'Leave out',
  putBack: 'Put back',

  resolved: 'This conversation is resolved. Your reply reopens it.',
  writing: (names: string[]) =>
    `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} writing, too`,
  answered: (name: string) => `${name} answered while you were writing.`,
  showAnswer: 'Show',
  left: (n: number) => `${plural(n, 'character', 'characters')} left`,
} as const;
