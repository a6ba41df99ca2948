// How much of each list of conversations is loaded, and loading more of it. Not what belongs to a list: see views.ts.
import { CONVERSATIONS_PER_PAGE, type Conversations } from '../../../api/client';
import type { InboxHolder } from './holder.svelte';
import { withCounts, withPage } from './inbox';
import { QUERY, rowsOf, VIEWS, type View } from './views';

/** Counts are fetched again at most this often, and within this time after an answer no change of them is trusted. */
const COUNTS_EVERY_MS = 2_000;

/** The state of one list. */
export interface List {
  /** The first page: `idle` before anybody asked for it. */
  readonly first: 'idle' | 'loading' | 'ready' | 'failed';
  /** Further pages; `done` when there are none. */
  readonly more: 'idle' | 'loading' | 'failed' | 'done';
  /** Seconds: rows with older activity are not shown, because between them some are not loaded. */
  readonly horizon: number;
}

const UNLOADED: List = { first: 'idle', more: 'idle', horizon: Infinity };

/** All lists of one account. */
export class Lists {
  readonly #holder: InboxHolder;
  readonly #api: Conversations;
  #lists: Record<View, List> = $state.raw(unloaded());
  /** The page asked for last, to get on when a page brought nothing new. */
  readonly #lastPage = new Map<View, number>();
  #countsAtMs = 0;
  #countsTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(holder: InboxHolder, api: Conversations) {
    this.#holder = holder;
    this.#api = api;
  }

  of(view: View): List {
    return this.#lists[view];
  }

  /** The rows to show, newest activity first; `kept` is on show and stays. */
  rows(view: View, kept: number | null = null) {
    return rowsOf(this.#holder.inbox, view, this.#lists[view].horizon, kept);
  }

  /** Loads the first page, unless that was done. Also repeats one that failed. */
  async open(view: View): Promise<void> {
    const { first } = this.#lists[view];
    if (first === 'loading' || first === 'ready') return;
    this.#set(view, { first: 'loading' });
    const loaded = await this.#load(view, 1);
    this.#set(view, { first: loaded ? 'ready' : 'failed' });
    if (QUERY[view].status !== 'open') this.refreshCounts();
  }

  /** Loads the next page. Lists move while one reads, so the page is the one that holds the row after the last shown. */
  async more(view: View): Promise<void> {
    const { first, more } = this.#lists[view];
    if (first !== 'ready' || more === 'loading' || more === 'done') return;
    this.#set(view, { more: 'loading' });
    const before = this.rows(view).length;
    const page = Math.floor(before / CONVERSATIONS_PER_PAGE) + 1;
    const stuck = this.#lastPage.get(view) === page;
    const loaded = await this.#load(view, stuck ? page + 1 : page);
    const progress = this.rows(view).length > before;
    if (loaded && !progress) this.#lastPage.set(view, page);
    if (!loaded) this.#set(view, { more: 'failed' });
    else if (this.#lists[view].more === 'loading') this.#set(view, { more: 'idle' });
  }

  /** Forgets what was loaded; the list on show has to be opened again. */
  reset(): void {
    this.#lists = unloaded();
    this.#lastPage.clear();
  }

  /** After each event: numbers that cannot be known are asked for, soon and not too often. */
  watchCounts(revisionBefore: number): void {
    const { countsStale, revision } = this.#holder.inbox;
    const doubtful = revision !== revisionBefore && Date.now() - this.#countsAtMs < COUNTS_EVERY_MS;
    if (countsStale || doubtful) this.refreshCounts();
  }

  /** Fetches the counts, at once or when enough time has passed since the last time. */
  refreshCounts(): void {
    if (this.#countsTimer) return;
    const waitMs = Math.max(0, this.#countsAtMs + COUNTS_EVERY_MS - Date.now());
    this.#countsTimer = setTimeout(() => {
      this.#countsTimer = null;
      // The first page of a list carries them. A failure leaves the old ones; the next event asks again.
      void this.#fetch('mine', 1).catch(() => undefined);
    }, waitMs);
  }

  /** Ends pending work. */
  close(): void {
    if (this.#countsTimer) clearTimeout(this.#countsTimer);
  }

  async #load(view: View, page: number): Promise<boolean> {
    try {
      const rows = await this.#fetch(view, page);
      const done = rows.length < CONVERSATIONS_PER_PAGE;
      const reached = rows.at(-1)?.last_activity_at ?? -Infinity;
      const horizon = done ? -Infinity : Math.min(this.#lists[view].horizon, reached);
      this.#set(view, done ? { horizon, more: 'done' } : { horizon });
      return true;
    } catch {
      return false;
    }
  }

  async #fetch(view: View, page: number) {
    const { revision } = this.#holder.inbox;
    const { data } = await this.#api.list({ ...QUERY[view], page });
    this.#holder.change((inbox) => withPage(inbox, data.payload));
    if (QUERY[view].status === 'open') {
      this.#countsAtMs = Date.now();
      this.#holder.change((inbox) => withCounts(inbox, data.meta, revision));
      if (this.#holder.inbox.countsStale) this.refreshCounts();
    }
    return data.payload;
  }

  #set(view: View, change: Partial<List>): void {
    this.#lists = { ...this.#lists, [view]: { ...this.#lists[view], ...change } };
  }
}

function unloaded(): Record<View, List> {
  return Object.fromEntries(VIEWS.map((view) => [view, UNLOADED])) as Record<View, List>;
}
