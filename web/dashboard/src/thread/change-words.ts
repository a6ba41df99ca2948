// What is said about changes of a conversation, and in the pickers for them, in English. Not the shared words: ../words.ts.
import type { Priority } from '../../../api/types';

const priority: Record<Priority, string> = {
  urgent: 'Urgent',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

/** English. */
export const changeWords = {
  taken: 'The conversation is yours',
  assigned: (name: string) => `Handed over to ${name}`,
  assignedAbsent: (name: string) => `Handed over to ${name}, who is not online now`,
  unassigned: 'Nobody owns it now',
  assignFailed: 'It could not be handed over. The server did not answer.',
  assign: 'Assign',
  assignTo: 'Assign to…',
  owner: (name: string) => `Owner: ${name}. Hand over`,
  find: 'Find a member',
  me: 'You',
  nobody: 'Nobody',
  take: 'Take',
  notInInbox: 'Not in this inbox',
  noMember: 'No member has that name.',
  membersFailed: 'The members could not be loaded.',

  priority,
  priorityLabel: 'Priority',
  priorityMenu: 'Priority…',
  noPriority: 'No priority',
  prioritySet: (name: string) => `Priority: ${name}`,
  priorityGone: 'Priority taken away',
  priorityFailed: 'The priority could not be changed. The server did not answer.',

  labels: 'Labels',
  labelsMenu: 'Labels…',
  addLabel: 'Add label',
  removeLabel: (title: string) => `Remove label ${title}`,
  findLabel: 'Find or create a label',
  noLabel: 'No label has that name.',
  noLabels: 'There are no labels yet. Type a name to create one.',
  createLabel: (title: string) => `Create “${title}”`,
  labelColor: 'Colour of the new label',
  labelsFailed: 'The labels could not be changed. The server did not answer.',
  labelsNotLoaded: 'The labels could not be loaded.',

  unread: 'Marked as unread',
  unreadMenu: 'Mark as unread',
  unreadFailed: 'It could not be marked as unread. The server did not answer.',
  copyLink: 'Copy link',
  transcript: 'Download transcript',
  more: 'More actions',
} as const;
