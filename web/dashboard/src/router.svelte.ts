// Which page the address names, and going from one to another without loading the document again.
// Not the pages. Addresses that are not the dashboard's are left to the browser.
import { VIEWS, type View } from './state/views';

export type Route =
  | { page: 'login' }
  /** The first run, and the snippet that it ends on. */
  | { page: 'setup' }
  /** /app: the member's first account, first list. */
  | { page: 'home' }
  | { page: 'inbox'; account: number; view: View; conversation: number | null }
  /** Without a section: the list of them. `thing` is what the section names it by, such as an id or `new`. */
  | { page: 'administration'; account: number; section: string | null; thing: string | null }
  /** One's own page. It belongs to the person, and stands in the account from which they came. */
  | { page: 'profile'; account: number }
  | { page: 'missing' };

const ADMINISTRATION =
  /^\/app\/accounts\/(\d{1,15})\/administration(?:\/([a-z-]{1,32})(?:\/([a-z0-9-]{1,64}))?)?\/?$/;

const PROFILE = /^\/app\/accounts\/(\d{1,15})\/profile\/?$/;

const INBOX =
  /^\/app\/accounts\/(\d{1,15})(?:\/(label\/[^/]{1,300}|inbox\/\d{1,15}|[a-z]+)(?:\/(\d{1,15}))?)?\/?$/;

/** The list that a part of a path names. `conversations` stands for any list, for links in mails. */
function viewOf(name: string): View | null {
  const [kind, which] = name.split('/');
  if (kind === 'label' && which) return `label:${decoded(which)}`;
  if (kind === 'inbox' && which) return `inbox:${Number(which)}`;
  return name === 'conversations' ? 'open' : (VIEWS.find((one) => one === name) ?? null);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Mistyped by hand: a label of this name will not be found.
    return part;
  }
}

/** Reads a path such as /app/accounts/1/unassigned/42. */
export function routeOf(path: string): Route {
  if (path === '/login') return { page: 'login' };
  if (path === '/setup' || path === '/setup/') return { page: 'setup' };
  if (path === '/app' || path === '/app/') return { page: 'home' };
  const administration = ADMINISTRATION.exec(path);
  if (administration) {
    const [, account, section, thing] = administration;
    return {
      page: 'administration',
      account: Number(account),
      section: section ?? null,
      thing: thing ?? null,
    };
  }
  const profile = PROFILE.exec(path);
  if (profile) return { page: 'profile', account: Number(profile[1]) };
  const match = INBOX.exec(path);
  if (!match) return { page: 'missing' };
  const [, account, name = 'mine', conversation] = match;
  const view = viewOf(name);
  if (!view) return { page: 'missing' };
  return {
    page: 'inbox',
    account: Number(account),
    view,
    conversation: conversation === undefined ? null : Number(conversation),
  };
}

/** The address of a list, or of a conversation in it. */
export function inboxPath(account: number, view: View, conversation: number | null = null): string {
  const [kind, ...rest] = view.split(':');
  const list = rest.length > 0 ? `${kind}/${encodeURIComponent(rest.join(':'))}` : view;
  return `/app/accounts/${account}/${list}${conversation === null ? '' : `/${conversation}`}`;
}

/** The address of a page of the administration, or of one thing in it; without a section, of the list of pages. */
export function administrationPath(
  account: number,
  section: string | null = null,
  thing: string | number | null = null,
): string {
  const parts = [section, thing].filter((one) => one !== null);
  return [`/app/accounts/${account}/administration`, ...parts].join('/');
}

/** The address of one's own page. */
export function profilePath(account: number): string {
  return `/app/accounts/${account}/profile`;
}

/** The message that an address such as …/42?message=7 leads to, or null. */
export function messageOf(search: string): number | null {
  const id = Number(new URLSearchParams(search).get('message') ?? '');
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}

/** The address to log in at, from which one comes back to `from`. */
export function loginPath(from: string): string {
  return from.startsWith('/app/') ? `/login?next=${encodeURIComponent(from)}` : '/login';
}

/** Where a log-in leads: back to a page of the dashboard, never to an address somebody else put into the link. */
export function afterLogin(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '';
  return 'account' in routeOf(next.replace(/\?.*$/s, '')) ? next : '/app';
}

class Router {
  path = $state(location.pathname);
  /** What stands after the path, with its question mark; empty without it. */
  search = $state(location.search);
  readonly route = $derived(routeOf(this.path));

  constructor() {
    window.addEventListener('popstate', () => this.#arrive());
    document.addEventListener('click', (event) => this.#follow(event));
  }

  go(to: string): void {
    history.pushState(null, '', to);
    this.#arrive();
  }

  /** As `go`, and Back skips the present page. */
  replace(to: string): void {
    history.replaceState(null, '', to);
    this.#arrive();
  }

  #arrive(): void {
    this.path = location.pathname;
    this.search = location.search;
  }

  /** A plain click on a link of ours goes without a load; with a modifier it stays the browser's. */
  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest('a');
    if (!link || link.target !== '' || link.origin !== location.origin) return;
    if (routeOf(link.pathname).page === 'missing') return;
    event.preventDefault();
    const to = link.pathname + link.search;
    if (to !== this.path + this.search) this.go(to);
  }
}

/** The one router of the page. */
export const router = new Router();
