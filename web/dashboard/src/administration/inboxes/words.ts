// What the pages about inboxes say. Not what visitors read: that is the inbox's own text, or the widget's words.

/** English. */
export const words = {
  title: 'Inboxes',
  text: 'Each inbox is a chat widget with its own looks, people and websites.',
  loading: 'Loading inboxes',
  emptyTitle: 'No inbox yet',
  emptyText: 'An inbox is what your visitors write to.',
  noSite: 'No website yet',
  copySnippet: 'Copy snippet',
  copySnippetOf: (name: string) => `Copy the snippet of ${name}`,
  copied: 'Snippet copied. Paste it before </body> on every page.',
  copyFailed: 'This browser does not let pages copy.',
} as const;
