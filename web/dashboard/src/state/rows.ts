// The order of one list, kept while conversations come, move and go: each costs a search, never a sort or a look at all.
// Only numbers: the conversations themselves may be forgotten meanwhile.

/** Where a conversation stands: smaller ranks first, and within one rank smaller ties. */
export interface Place {
  readonly id: number;
  readonly rank: number;
  readonly tie: number;
}

/** A point in the order, which need not be a row's. */
export type Point = Pick<Place, 'rank' | 'tie'>;

/** Less than 0 when `a` comes first. */
export function compare(a: Point, b: Point): number {
  return a.rank === b.rank ? a.tie - b.tie : a.rank - b.rank;
}

/** Conversations in order, each once. */
export class Rows {
  readonly #order: (a: Point, b: Point) => number;
  readonly #byId = new Map<number, Place>();
  #places: Place[] = [];
  /** Handed out, so that the next change takes a copy. */
  #isShared = false;

  constructor(order = compare) {
    this.#order = order;
  }

  get length(): number {
    return this.#places.length;
  }

  /** All of them, as they are now. */
  all(): readonly Place[] {
    this.#isShared = true;
    return this.#places;
  }

  at(index: number): Place | undefined {
    return this.#places[index];
  }

  of(id: number): Place | undefined {
    return this.#byId.get(id);
  }

  /** The row's index, -1 without one. */
  indexOf(id: number): number {
    const place = this.#byId.get(id);
    return place ? this.#search(place) : -1;
  }

  /** Puts a conversation where it belongs. False when it stands there already. */
  put(place: Place): boolean {
    const before = this.#byId.get(place.id);
    if (before && before.rank === place.rank && before.tie === place.tie) return false;
    if (before) this.remove(place.id);
    this.#own().splice(this.#search(place), 0, place);
    this.#byId.set(place.id, place);
    return true;
  }

  /** Takes a conversation out. False when it is not here. */
  remove(id: number): boolean {
    const place = this.#byId.get(id);
    if (!place) return false;
    this.#own().splice(this.#search(place), 1);
    this.#byId.delete(id);
    return true;
  }

  #own(): Place[] {
    if (this.#isShared) this.#places = this.#places.slice();
    this.#isShared = false;
    return this.#places;
  }

  /** The first index that does not come before `point`. */
  #search(point: Point): number {
    let [low, high] = [0, this.#places.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const there = this.#places[middle];
      if (there && this.#order(there, point) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
