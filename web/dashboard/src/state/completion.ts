// Fetches what events leave out of conversations that they tell of first: many at once, and few requests however many events.
// Not opening a conversation: see threads.svelte.ts.
import type { Conversations, ListQuery } from '../../../api/client';
import type { ConversationPage } from '../../../api/types';
import type { InboxHolder } from './holder.svelte';
import { withFetched, withPage } from './inbox';

/** Events that come together are answered together. */
const GATHER_MS = 100;
/** After each request so much rest, so that one page asks at most four times in a second, whatever happens. */
const REST_MS = 250;
/** So few are fetched one by one; more are picked out of the list of what happened last. */
const SINGLE_MAX = 3;
/** Pages of that list, for one round. */
const PAGES_MAX = 4;
/** Conversations that wait. Of more those that wait longest stay without a number of unread until they are listed or opened. */
const WAITING_MAX = 200;

/** What happened last, wherever: what an event told of just now stands near its beginning. */
const NEWEST: ListQuery = {
  assignee: 'all',
  status: 'all',
  inbox: null,
  labels: [],
  unread: false,
  sort: 'newest',
  after: null,
};

export class Completion {
  readonly #holder: InboxHolder;
  readonly #api: Pick<Conversations, 'read' | 'list'>;
  /** In the order in which they were asked for. */
  readonly #waiting = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isRunning = false;
  #isClosed = false;

  constructor(holder: InboxHolder, api: Pick<Conversations, 'read' | 'list'>) {
    this.#holder = holder;
    this.#api = api;
  }

  /** An event told of this conversation, of which nobody knows how much of it was read. */
  want(id: number): void {
    this.#waiting.delete(id);
    this.#waiting.add(id);
    for (const oldest of this.#waiting) {
      if (this.#waiting.size <= WAITING_MAX) break;
      this.#waiting.delete(oldest);
    }
    if (!this.#isRunning) this.#schedule(GATHER_MS);
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #schedule(waitMs: number): void {
    if (this.#timer || this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#run();
    }, waitMs);
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    const asked = [...this.#waiting];
    this.#waiting.clear();
    let requests = 0;
    try {
      if (this.#missing(asked).length > SINGLE_MAX) requests += await this.#list(asked);
      const few = this.#missing(asked).slice(0, SINGLE_MAX);
      requests += few.length;
      await Promise.all(few.map((id) => this.#read(id)));
      // What is left changed long after its last message: the next round takes some more of it.
      for (const id of this.#missing(asked).filter((one) => !few.includes(one)))
        this.#waiting.add(id);
    } catch {
      // The number of unread stays unknown, which shows as none, until the next event, or until it is listed or opened.
    } finally {
      this.#isRunning = false;
      if (this.#waiting.size > 0) this.#schedule(Math.max(GATHER_MS, requests * REST_MS));
    }
  }

  /** Those of them whose number is still unknown, and that have one: where nobody has written nothing is unread. */
  #missing(ids: readonly number[]): number[] {
    const { conversations } = this.#holder.inbox;
    return ids.filter((id) => {
      const known = conversations.get(id);
      return known?.read_count === null && known.incoming_count > 0;
    });
  }

  /** Takes in pages of what happened last until all are there. How many requests it took. */
  async #list(asked: readonly number[]): Promise<number> {
    let after: ListQuery['after'] = null;
    for (let pages = 1; pages <= PAGES_MAX; pages += 1) {
      const before = this.#missing(asked).length;
      const { data }: ConversationPage = await this.#api.list({ ...NEWEST, after });
      this.#holder.change((inbox) => withPage(inbox, data.payload));
      const last = data.payload.at(-1);
      const left = this.#missing(asked).length;
      // A page without any of them: the others are further down than one wants to look.
      if (!last || left <= SINGLE_MAX || left === before) return pages;
      after = { seconds: last.last_activity_at, id: last.id };
    }
    return PAGES_MAX;
  }

  async #read(id: number): Promise<void> {
    try {
      const conversation = await this.#api.read(id);
      this.#holder.change((inbox) => withFetched(inbox, conversation));
    } catch {
      // As above; it may also be gone by now.
    }
  }
}
