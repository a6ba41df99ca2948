// Which rows of a list are selected, for doing something with all of them. Not the doing: see bulk.ts.
import type { Place } from '../state/rows';

/** More at once would keep the server busy for minutes. */
export const SELECTED_MAX = 500;

export class Selection {
  ids: ReadonlySet<number> = $state.raw(new Set());
  /** Boxes show on every row, also before one is selected. */
  isChoosing = $state(false);
  /** Where a range begins. */
  #anchor: number | null = null;

  get size(): number {
    return this.ids.size;
  }

  get isActive(): boolean {
    return this.isChoosing || this.ids.size > 0;
  }

  has(id: number): boolean {
    return this.ids.has(id);
  }

  toggle(id: number): void {
    const next = new Set(this.ids);
    if (!next.delete(id)) this.#add(next, [id]);
    this.#anchor = id;
    this.ids = next;
  }

  /** Everything from the row that was toggled last to this one; without such a row, this one. */
  reach(rows: readonly Place[], to: number, indexOf: (id: number) => number): void {
    const end = indexOf(to);
    const start = this.#anchor === null ? -1 : indexOf(this.#anchor);
    if (end < 0) return;
    if (start < 0) {
      this.#anchor = to;
      this.#set([...this.ids, to]);
      return;
    }
    const range = rows.slice(Math.min(start, end), Math.max(start, end) + 1);
    this.#set([...this.ids, ...range.map(({ id }) => id)]);
  }

  clear(): void {
    this.ids = new Set();
    this.isChoosing = false;
    this.#anchor = null;
  }

  #set(ids: readonly number[]): void {
    const next = new Set<number>();
    this.#add(next, ids);
    this.ids = next;
  }

  #add(to: Set<number>, ids: readonly number[]): void {
    for (const id of ids) if (to.size < SELECTED_MAX) to.add(id);
  }
}
