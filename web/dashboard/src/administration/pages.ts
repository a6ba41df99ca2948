// The table of the administration's pages: what the navigation lists, who may open each, and where it is loaded from.
// Not their contents: each page lives in a folder of its own and is loaded when it is first opened.
import Inboxes from '@lucide/svelte/icons/message-circle';
import Labels from '@lucide/svelte/icons/tag';
import Webhooks from '@lucide/svelte/icons/webhook';
import type { Component } from 'svelte';
import type { Role, Session } from '../../../api/types';
import type { Account } from '../state/account.svelte';

/** The groups of the navigation, in its order. A group without a page that the member may open is not shown. */
export const GROUPS = ['people', 'channels', 'automation', 'account'] as const;
export type Group = (typeof GROUPS)[number];

/** What every page is given. `thing` is the rest of its address, such as an id; null for the section itself. */
export type PageProps = { account: Account; session: Session; thing: string | null };

/** A page of the administration. `section` is its place in the address. */
export interface AdministrationPage {
  section: string;
  group: Group;
  label: string;
  icon: typeof Inboxes;
  administratorsOnly: boolean;
  load: () => Promise<{ default: Component<PageProps> }>;
}

/** All pages, in the order of their groups. */
export const PAGES: readonly AdministrationPage[] = [
  {
    section: 'inboxes',
    group: 'channels',
    label: 'Inboxes',
    icon: Inboxes,
    administratorsOnly: true,
    load: () => import('./inboxes/Inboxes.svelte'),
  },
  {
    section: 'labels',
    group: 'automation',
    label: 'Labels',
    icon: Labels,
    administratorsOnly: false,
    load: () => import('./labels/Labels.svelte'),
  },
  {
    section: 'webhooks',
    group: 'automation',
    label: 'Webhooks',
    icon: Webhooks,
    administratorsOnly: true,
    load: () => import('./webhooks/Webhooks.svelte'),
  },
];

/** Whether the member may open the page; the server decides again on every call. */
export function mayOpen(page: AdministrationPage, role: Role): boolean {
  return !page.administratorsOnly || role === 'administrator';
}

/** The pages that a member of this role may open. */
export function pagesFor(role: Role): AdministrationPage[] {
  return PAGES.filter((page) => mayOpen(page, role));
}
