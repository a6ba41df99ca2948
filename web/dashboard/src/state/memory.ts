// Which conversations to forget when many are known: those that nobody looked at or heard of for the longest time.
// Not the forgetting itself: see inbox.ts.

/** Conversations that are kept. */
export const KEPT_MAX = 2_000;
/** So many more may gather before some are forgotten, so that forgetting is rare and does many at once. */
const SLACK = 500;

/** The order in which conversations were last touched. */
export class Memory {
  /** Oldest first: a set keeps the order in which its members came. */
  readonly #touched = new Set<number>();

  /** These have changed or been looked at just now. */
  touch(ids: readonly number[]): void {
    for (const id of ids) {
      this.#touched.delete(id);
      this.#touched.add(id);
    }
  }

  /** What to forget now, usually nothing. `stays` says what is on show or calls for somebody. */
  surplus(known: number, stays: (id: number) => boolean): number[] {
    if (known <= KEPT_MAX + SLACK) return [];
    const gone: number[] = [];
    for (const id of this.#touched) {
      if (known - gone.length <= KEPT_MAX) break;
      if (!stays(id)) gone.push(id);
    }
    for (const id of gone) this.#touched.delete(id);
    return gone;
  }

  clear(): void {
    this.#touched.clear();
  }
}
