// What the administration's frame says: its groups and what stands where a page may not be shown. Not the pages' own texts.
import type { Group } from './pages';

const group: Record<Group, string> = {
  people: 'User management',
  channels: 'Channels',
  automation: 'Automation',
  account: 'Account',
};

/** English. */
export const words = {
  title: 'Administration',
  group,
  back: 'Back to conversations',
  toSections: 'All settings',
  toParent: (name: string) => `Back to ${name}`,
  sections: 'Administration pages',
  forbiddenTitle: 'For administrators',
  forbiddenText:
    'Your role does not include this page. An administrator of the account can change it for you.',
  missingTitle: 'No such page',
  missingText: 'The address may be mistyped, or the page has moved.',
  allSections: 'See all settings',
  chooseTitle: 'Choose a page',
  loadFailed: 'It could not be loaded',
  loadFailedText: 'The server did not answer.',
} as const;
