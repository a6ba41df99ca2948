// What the panel beside a conversation says, in English. Not the shared words: ../words.ts.
import { plural } from '../lib/plural';

/** English. */
export const peopleWords = {
  name: 'Name',
  email: 'E-mail',
  phone: 'Phone',
  addName: 'Add a name',
  addEmail: 'Add an e-mail address',
  addPhone: 'Add a phone number',
  edit: (field: string, value: string) =>
    value ? `${field}: ${value}. Change` : `${field}: change`,
  save: 'Save',
  cancel: 'Cancel',
  saved: (field: string) => `${field} changed`,
  failed: 'It could not be saved. The server did not answer; try again.',
  unverified: 'Typed by the visitor, not verified',

  attributes: 'Attributes',
  addAttribute: 'Add attribute',
  addConversationAttribute: 'Add conversation attribute',
  key: 'Attribute',
  value: 'Value',
  removeAttribute: (key: string) => `Remove ${key}`,
  keyTaken: 'This attribute exists already.',

  origin: 'Writes from',
  page: 'Page',
  referrer: 'Came from',
  browser: 'Browser',
  language: 'Language',

  earlier: 'Earlier conversations',
  earlierNone: 'This is the first one.',
  earlierFailed: 'They could not be loaded.',
  noWords: 'No messages',

  merge: 'Merge with another contact…',
  mergeTitle: 'Merge contacts',
  mergeFind: 'Name, e-mail or phone of the other',
  mergeSearch: 'Search contacts',
  mergeNone: 'Nobody was found.',
  mergeFailed: 'The contacts could not be merged. The server did not answer.',
  mergeSearchFailed: 'The search did not work. Try again.',
  mergeEffect: (kept: string, other: string) =>
    `All conversations, labels and attributes of ${other} move to ${kept}. Where both have a name, an e-mail address or a phone number, ${kept} keeps its own. ${other} is gone afterwards. This cannot be undone.`,
  mergeDo: (other: string) => `Merge ${other} into this contact`,
  merged: 'The contacts are one now',
  found: (n: number) => plural(n, 'contact', 'contacts'),
} as const;
