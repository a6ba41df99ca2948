// Loading lists of conversations, more of them, and again what was forgotten. Not what belongs to a list: see views.ts.
import { CONVERSATIONS_PER_PAGE, type Conversations, type ListQuery } from '../../../api/client';
import type { InboxHolder } from './holder.svelte';
import { withCounts, withoutConversations, withPage } from './inbox';
import { LoadedList } from './loaded-list.svelte';
import { Memory } from './memory';
import {
  afterOf,
  belongs,
  CALLING,
  inboxOf,
  keyOf,
  labelOf,
  PLAIN,
  placeOf,
  unreadOf,
  type Asked,
} from './views';

/** Counts are fetched again at most this often, and within this time after an answer no change of them is trusted. */
const COUNTS_EVERY_MS = 2_000;
/** Lists that are kept up at the same time; the one that was asked for longest ago is forgotten for one more. */
const LISTS_MAX = 8;
/** Unread conversations that are never forgotten, so that their number is right; above it nobody reads the number. */
const CALLING_MAX = 1_000;

/** Forgotten rows are fetched again so many rows before one scrolls to them: a few screens. */
const AHEAD_ROWS = 50;

/** The rows of a list on the screen, by index, and whether one came to them from below. */
interface Window {
  readonly from: number;
  readonly to: number;
  readonly isUp: boolean;
}

/** All lists of one account. */
export class Lists {
  readonly #holder: InboxHolder;
  readonly #api: Conversations;
  readonly #memory = new Memory();
  #lists: ReadonlyMap<string, LoadedList> = $state.raw(new Map());
  /** The list on show, and what is to be seen of it. */
  #shown: { list: LoadedList; window: Window } | null = null;
  readonly #filling = new Set<string>();
  #countsAtMs = 0;
  #countsTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(holder: InboxHolder, api: Conversations) {
    this.#holder = holder;
    this.#api = api;
    holder.watch((ids) => this.#take(ids));
  }

  /** The list as far as it is loaded; an empty one before it was opened. */
  of(asked: Asked): LoadedList {
    return this.#lists.get(keyOf(asked)) ?? new LoadedList(asked);
  }

  /** Loads the first page, unless that was done. Also repeats one that failed. */
  async open(asked: Asked): Promise<void> {
    const list = this.#get(asked);
    if (list.first === 'loading' || list.first === 'ready') return;
    list.first = 'loading';
    const isLoaded = await this.#load(list);
    list.first = isLoaded ? 'ready' : 'failed';
    if (asked.view === 'resolved') this.refreshCounts();
  }

  /** Loads the next page. */
  async more(asked: Asked): Promise<void> {
    const list = this.#get(asked);
    if (list.first !== 'ready' || list.more === 'loading' || list.more === 'done') return;
    list.more = 'loading';
    const isLoaded = await this.#load(list);
    if (!isLoaded) list.more = 'failed';
    else if (list.more === 'loading') list.more = 'idle';
  }

  /** These rows are on the screen: nothing of them is forgotten, and what was, there and ahead, is fetched again. */
  look(list: LoadedList, from: number, to: number): void {
    const before = this.#shown?.list === list ? this.#shown.window : null;
    const isUp = before !== null && (from === before.from ? before.isUp : from < before.from);
    const window = { from, to, isUp };
    this.#shown = { list, window };
    this.#memory.touch(list.rows.slice(from, to + 1).map(({ id }) => id));
    const missing = this.#missing(list, window);
    if (missing === null) return;
    // The page that ends with it, where one scrolls up: the rows below are there already.
    const start = isUp ? Math.max(0, missing - CONVERSATIONS_PER_PAGE + 1) : missing;
    void this.#fill(list, start, list.rows[missing]?.id ?? 0);
  }

  /** The first forgotten row that one comes to, by index; null without one. */
  #missing(list: LoadedList, { from, to, isUp }: Window): number | null {
    const { rows } = list;
    const { conversations } = this.#holder.inbox;
    const [first, last, step] = isUp ? [to, from - AHEAD_ROWS, -1] : [from, to + AHEAD_ROWS, 1];
    for (let at = first; isUp ? at >= last : at <= last; at += step) {
      const row = rows[at];
      if (row && !conversations.has(row.id)) return at;
    }
    return null;
  }

  /** Forgets what was loaded; the list on show has to be opened again. */
  reset(): void {
    this.#lists = new Map();
    this.#shown = null;
    this.#memory.clear();
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
      void this.#fetch({ view: 'mine', ...PLAIN }, null).catch(() => undefined);
    }, waitMs);
  }

  /** Ends pending work. */
  close(): void {
    if (this.#countsTimer) clearTimeout(this.#countsTimer);
  }

  #get(asked: Asked): LoadedList {
    const key = keyOf(asked);
    const list = this.#lists.get(key) ?? new LoadedList(asked);
    const lists = new Map(this.#lists);
    lists.delete(key);
    lists.set(key, list);
    for (const old of lists.keys()) {
      if (lists.size <= LISTS_MAX) break;
      if (old !== this.#shown?.list.key) lists.delete(old);
    }
    this.#lists = lists;
    return list;
  }

  #take(ids: readonly number[]): void {
    const { inbox } = this.#holder;
    for (const list of this.#lists.values()) list.take(inbox, ids);
    this.#memory.touch(ids.filter((id) => inbox.conversations.has(id)));
    const gone = this.#memory.surplus(inbox.conversations.size, (id) => this.#stays(id));
    if (gone.length > 0) this.#holder.change((before) => withoutConversations(before, gone));
  }

  /** Whether the conversation must be known: it is on the screen, opened, or calls for somebody. */
  #stays(id: number): boolean {
    const { inbox } = this.#holder;
    if (inbox.threads.has(id)) return true;
    if (this.#shown) {
      const { list, window } = this.#shown;
      const index = list.indexOf(id);
      if (index >= window.from && index <= window.to) return true;
    }
    const known = inbox.conversations.get(id);
    if (!known || unreadOf(known) === 0) return false;
    const calling = inbox.unread.mine + inbox.unread.unassigned;
    return calling < CALLING_MAX && CALLING.some((view) => belongs(view, known, inbox.me));
  }

  async #load(list: LoadedList): Promise<boolean> {
    try {
      const { last, asked } = list;
      const after = last && afterOf(asked.sort, placeOf(asked.sort, last));
      const rows = await this.#fetch(asked, after);
      const isEnd = rows.length < CONVERSATIONS_PER_PAGE;
      if (isEnd) list.more = 'done';
      list.extend(this.#holder.inbox, rows, isEnd);
      return true;
    } catch {
      return false;
    }
  }

  /** Fetches again the page from a row on, for one that was forgotten. A failure leaves it; looking again asks again. */
  async #fill(list: LoadedList, start: number, wanted: number): Promise<void> {
    const before = list.rows[start - 1];
    const key = `${list.key} ${before?.id}`;
    if (this.#filling.has(key)) return;
    this.#filling.add(key);
    try {
      await this.#fetch(list.asked, before ? afterOf(list.asked.sort, before) : null);
      this.#filling.delete(key);
      // The screen may begin in one page and end in the next, and one may have scrolled on meanwhile.
      const isFilled = this.#holder.inbox.conversations.has(wanted);
      if (isFilled && this.#shown?.list === list)
        this.look(list, this.#shown.window.from, this.#shown.window.to);
    } catch {
      // The row stays as it is, in outline.
    } finally {
      this.#filling.delete(key);
    }
  }

  async #fetch(asked: Asked, after: ListQuery['after']) {
    const { revision } = this.#holder.inbox;
    const { data } = await this.#api.list(queryOf(asked, after));
    this.#holder.change((inbox) => withPage(inbox, data.payload));
    if (asked.view !== 'resolved' && isWhole(asked)) {
      this.#countsAtMs = Date.now();
      this.#holder.change((inbox) => withCounts(inbox, data.meta, revision));
      if (this.#holder.inbox.countsStale) this.refreshCounts();
    }
    return data.payload;
  }
}

/** What to ask the server for. */
function queryOf(asked: Asked, after: ListQuery['after']): ListQuery {
  const { view, sort, unread } = asked;
  return {
    assignee: view === 'mine' ? 'me' : view === 'unassigned' ? 'unassigned' : 'all',
    status: view === 'resolved' ? 'resolved' : 'open',
    inbox: asked.inbox ?? inboxOf(view),
    labels: [asked.label ?? labelOf(view)].filter((label) => label !== null),
    unread,
    sort,
    after,
  };
}

/** Whether the counts that come with the list are those of the navigation. */
function isWhole({ view, inbox, label, unread }: Asked): boolean {
  const isNarrow = inbox !== null || label !== null || unread;
  return !isNarrow && labelOf(view) === null && inboxOf(view) === null;
}
