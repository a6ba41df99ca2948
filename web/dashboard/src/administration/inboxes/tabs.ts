// The tabs of one inbox and how addresses name them. Not what is in them.

/** In their order. */
export const TABS = ['appearance', 'install', 'domains', 'people', 'identity'] as const;
export type Tab = (typeof TABS)[number];

/** Whether a word of an address names a tab. */
export function isTab(word: string | undefined): word is Tab {
  return TABS.some((tab) => tab === word);
}

/** What stands in the address for a tab of an inbox. */
export function thingOf(id: number, tab: Tab): string {
  return tab === 'appearance' ? String(id) : `${id}-${tab}`;
}
