// What the page about labels says.

/** English. */
export const words = {
  title: 'Labels',
  text: 'Words for what conversations and people are about. Every member can put them on.',
  loading: 'Loading labels',
  emptyTitle: 'No labels yet',
  emptyText: 'Make one above, such as refund or vip.',
  newTitle: 'New label',
  name: 'Name',
  description: 'What it is for',
  color: 'Colour',
  add: 'Add',
  edit: (title: string) => `Change ${title}`,
  save: 'Save',
  cancel: 'Cancel',
  remove: 'Delete',
  removeOf: (title: string) => `Delete ${title}`,
  removeTitle: (title: string) => `Delete ${title}?`,
  removeText: 'It goes from every conversation and person that carries it. This cannot be undone.',
  removed: (title: string) => `${title} is deleted`,
  saved: 'Saved',
  added: (title: string) => `${title} can be used now`,
  failed: 'It could not be saved. The server did not answer.',
  refused: (reason: string) => reason || 'The server refused it.',
} as const;
