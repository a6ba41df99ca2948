// One list as far as it is loaded: its rows in order, and how far down they are known without a gap. No requests.
import type { Inbox, Known } from './inbox';
import { compare, Rows, type Place, type Point } from './rows';
import { keyOf, passes, placeOf, type Asked } from './views';

/** After every row: the whole list is loaded. */
const END: Point = { rank: Infinity, tie: Infinity };
/** Before every row: nothing is loaded. */
const START: Point = { rank: -Infinity, tie: -Infinity };

/** One list with its filters. */
export class LoadedList {
  readonly asked: Asked;
  readonly key: string;
  /** The first page: `idle` before anybody asked for it. */
  first: 'idle' | 'loading' | 'ready' | 'failed' = $state('idle');
  /** Further pages; `done` when there are none. */
  more: 'idle' | 'loading' | 'failed' | 'done' = $state('idle');
  readonly #rows = new Rows();
  #version = $state(0);
  /** Rows after it are not shown, because between them some are not loaded. */
  #reach = START;
  /** The last row that was fetched, which the next page follows. */
  #last: Known | null = null;
  /** What changed while a page was on its way: the page may not know of it. */
  readonly #meanwhile = new Set<number>();
  #kept: number | null = null;

  constructor(asked: Asked) {
    this.asked = asked;
    this.key = keyOf(asked);
  }

  /** The rows to show, in order. */
  get rows(): readonly Place[] {
    void this.#version;
    return this.#rows.all();
  }

  /** The row that the next page follows; null for the first. */
  get last(): Known | null {
    return this.#last;
  }

  indexOf(id: number): number {
    void this.#version;
    return this.#rows.indexOf(id);
  }

  /**
   * The one on show stays though it no longer belongs: who resolves a conversation does not want it gone from under
   * their hands.
   */
  keep(inbox: Inbox, id: number | null): void {
    const before = this.#kept;
    if (before === id) return;
    this.#kept = id;
    this.take(
      inbox,
      [before, id].filter((one) => one !== null),
    );
  }

  /** Some conversations have changed. */
  take(inbox: Inbox, ids: readonly number[]): void {
    let moved = false;
    for (const id of ids) {
      if (this.first === 'loading' || this.more === 'loading') this.#meanwhile.add(id);
      const known = inbox.conversations.get(id);
      // Forgotten for want of room: the row keeps its place, and is fetched again when it is looked at.
      if (!known) continue;
      const place = placeOf(this.asked.sort, known);
      const isHere = this.#wants(known, inbox.me) && compare(place, this.#reach) <= 0;
      if (isHere ? this.#rows.put(place) : this.#rows.remove(id)) moved = true;
    }
    if (moved) this.#version += 1;
  }

  /** A page has been taken into the inbox: the rows after what was loaded. With `isEnd` none follow. */
  extend(inbox: Inbox, page: readonly Known[], isEnd: boolean): void {
    this.#last = page.at(-1) ?? this.#last;
    // The server knows parts of a second: all of the last row's second is taken in.
    const end = this.#last && { rank: placeOf(this.asked.sort, this.#last).rank, tie: Infinity };
    if (isEnd) this.#reach = END;
    else if (end && compare(end, this.#reach) > 0) this.#reach = end;
    const ids = [...page.map(({ id }) => id), ...this.#meanwhile];
    this.#meanwhile.clear();
    this.take(inbox, ids);
  }

  #wants(known: Known, me: number): boolean {
    return known.id === this.#kept || passes(this.asked, known, me);
  }
}
