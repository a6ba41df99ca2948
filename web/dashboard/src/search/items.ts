// What the palette offers: commands, lists, pages, and what is known or found, as one list of items. Not how it is drawn.
import type Circle from '@lucide/svelte/icons/circle-dot';
import { ApiError } from '../../../api/client';
import { searchOf, type ExcerptPart, type Found } from '../../../api/search';
import { pagesFor } from '../administration/pages';
import { SHORTCUTS } from '../keys/table';
import { contactName } from '../lib/names';
import { administrationPath, inboxPath, profilePath, router } from '../router.svelte';
import { layers } from '../shell/layers.svelte';
import { logOut } from '../shell/log-out';
import type { Account } from '../state/account.svelte';
import type { Desk } from '../state/desk.svelte';
import { preferences, THEMES } from '../state/preferences.svelte';
import { VIEWS, type View } from '../state/views';
import { toasts } from '../ui/toasts.svelte';
import { words as shared } from '../words';
import { here } from './here';
import { best } from './match';
import { recentOf } from './recent';
import { words } from './words';

/** What an item is, which decides its group and picture. */
export type Kind = keyof typeof words.groups;

/** One line of the palette. */
export interface Item {
  readonly key: string;
  readonly kind: Kind;
  readonly title: string;
  /** A second line. */
  readonly detail?: string;
  /** Words by which it is found beside its title. */
  readonly also?: string;
  /** A picture of its own, in place of its kind's. */
  readonly icon?: typeof Circle;
  /** The key that does the same. */
  readonly way?: string;
  /** The address of a person's picture. */
  readonly picture?: string;
  /** The second line of a message: where the words stand in it. */
  readonly excerpt?: readonly ExcerptPart[];
  /** Seconds. */
  readonly at?: number;
  run(): void;
}

/** Where the palette was opened. */
export interface Place {
  readonly desk: Desk;
  readonly account: Account;
  readonly conversation: number | null;
}

/** Of each kind no more is shown. */
const PER_KIND = 6;
/** Loaded conversations that are looked through, the newest first. */
const LOOKED_THROUGH_MAX = 2_500;

/** The groups in their order: with a question what was found comes first, without one what can be done. */
const ORDER: readonly Kind[] = [
  'here',
  'recent',
  'conversations',
  'people',
  'messages',
  'go',
  'settings',
  'commands',
];

/** What fits the question, in groups. Without a question: recent conversations and everything that can be done. */
export function itemsFor(place: Place, question: string, found: Found): Item[] {
  const isAsked = question.trim() !== '';
  const fixed = [...here(place), ...lists(place, isAsked), ...settings(place), ...commands(place)];
  const fitting = best(fixed, question, textOf, isAsked ? PER_KIND : fixed.length);
  const items = isAsked
    ? [...conversations(place, question, found), ...people(place, found), ...messages(place, found)]
    : recent(place);
  return [...items, ...fitting].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

function textOf({ title, also }: Item): string {
  return also ? `${title} ${also}` : title;
}

function open(account: Account, id: number, message: number | null = null): void {
  const path = inboxPath(account.membership.id, 'open', id);
  router.go(message === null ? path : `${path}?message=${message}`);
}

/** Those of labels are many: only who asks for one gets it. */
function lists({ desk, account }: Place, isAsked: boolean): Item[] {
  const { id } = account.membership;
  const others = desk.accounts.filter((one) => one !== account);
  const labels = isAsked ? (account.inbox.labels ?? []) : [];
  const to = (view: View, title: string): Item => {
    const run = () => router.go(inboxPath(id, view));
    return { key: `go:${view}`, kind: 'go', title, run };
  };
  return [
    ...VIEWS.map((view): Item => {
      const way = SHORTCUTS.go[view].keys;
      return { ...to(view, shared.view[view]), way };
    }),
    ...account.side.inboxes.map(({ view, name }) => to(view, words.inbox(name))),
    ...labels.map(({ title }) => to(`label:${title}`, words.label(title))),
    ...others.map(({ membership }): Item => {
      const run = () => router.go(inboxPath(membership.id, 'mine'));
      const title = words.account(membership.name);
      return { key: `account:${membership.id}`, kind: 'go', title, run };
    }),
  ];
}

function settings({ account }: Place): Item[] {
  const { id, role } = account.membership;
  const pages = pagesFor(role).map(({ section, label }): Item => ({
    key: `settings:${section}`,
    kind: 'settings',
    title: words.administration(label),
    run: () => router.go(administrationPath(id, section)),
  }));
  const run = () => router.go(profilePath(id));
  const { profile: title } = shared.nav;
  return [{ key: 'profile', kind: 'settings', title, also: words.profile, run }, ...pages];
}

function commands(_place: Place): Item[] {
  return [
    ...THEMES.map((theme): Item => {
      const run = () => preferences.setTheme(theme);
      return { key: `theme:${theme}`, kind: 'commands', title: words.theme[theme], run };
    }),
    {
      key: 'notifications',
      kind: 'commands',
      title: words.notifications,
      run: () => layers.show('notifications'),
    },
    {
      key: 'help',
      kind: 'commands',
      title: words.shortcuts,
      way: SHORTCUTS.app.help.keys,
      run: () => layers.show('help'),
    },
    {
      key: 'log-out',
      kind: 'commands',
      title: shared.nav.logOut,
      run: () => void logOut(),
    },
  ];
}

function recent({ account, conversation }: Place): Item[] {
  const others = recentOf(account).filter(({ id }) => id !== conversation);
  return others.map(({ id, name }) => ({
    key: `conversation:${id}`,
    kind: 'recent',
    title: name,
    detail: `#${id}`,
    run: () => open(account, id),
  }));
}

/** Those that are loaded here answer at once; the server's come after them, each once. */
function conversations({ account }: Place, question: string, found: Found): Item[] {
  const loaded = [...account.inbox.conversations.values()].slice(0, LOOKED_THROUGH_MAX);
  const near = best(
    loaded,
    question.replace(/^#/, ''),
    (one) => `${contactName(one.meta.sender)} ${one.meta.sender.email ?? ''} ${one.id}`,
    PER_KIND,
  );
  const all = new Map([...near, ...found.conversations].map((one) => [one.id, one]));
  return [...all.values()].slice(0, PER_KIND).map((one) => ({
    key: `conversation:${one.id}`,
    kind: 'conversations',
    title: contactName(one.meta.sender),
    detail: one.last_non_activity_message?.content ?? `#${one.id}`,
    picture: one.meta.sender.thumbnail,
    at: one.last_activity_at,
    run: () => open(account, one.id),
  }));
}

function people({ account }: Place, found: Found): Item[] {
  return found.contacts.slice(0, PER_KIND).map((contact) => ({
    key: `contact:${contact.id}`,
    kind: 'people',
    title: contactName(contact),
    detail: contact.email ?? '',
    picture: contact.thumbnail,
    run: () => void openNewest(account, contact.id),
  }));
}

/** The newest conversation of a person. */
async function openNewest(account: Account, contact: number): Promise<void> {
  try {
    const [newest] = await searchOf(account.membership.id).conversationsOf(contact);
    if (newest) open(account, newest.id);
    else toasts.show(words.noConversation);
  } catch (error) {
    toasts.show(error instanceof ApiError && error.message ? error.message : words.notOpened);
  }
}

function messages({ account }: Place, found: Found): Item[] {
  return found.messages.slice(0, PER_KIND).map((one) => ({
    key: `message:${one.id}`,
    kind: 'messages',
    title: one.contact_name || shared.visitor,
    excerpt: one.excerpt,
    at: one.created_at,
    run: () => open(account, one.conversation_id, one.id),
  }));
}
