// A map by number that is never changed but replaced, at a cost that does not grow with its size as a copy's would.
// What two of them have in common they share, so that their difference is found without looking at all of it.

const SHARDS = 1024;

/** Values by number. */
export class Shelf<Value> implements Iterable<[number, Value]> {
  readonly #shards: readonly (ReadonlyMap<number, Value> | undefined)[];
  readonly size: number;

  private constructor(shards: readonly (ReadonlyMap<number, Value> | undefined)[], size: number) {
    this.#shards = shards;
    this.size = size;
  }

  static empty<Value>(): Shelf<Value> {
    return new Shelf<Value>(new Array(SHARDS).fill(undefined), 0);
  }

  get(id: number): Value | undefined {
    return this.#shards[id % SHARDS]?.get(id);
  }

  has(id: number): boolean {
    return this.#shards[id % SHARDS]?.has(id) ?? false;
  }

  /** With the value at this number. */
  with(id: number, value: Value): Shelf<Value> {
    const shard = new Map(this.#shards[id % SHARDS]);
    const size = this.size + (shard.has(id) ? 0 : 1);
    return this.#replaced(id, shard.set(id, value), size);
  }

  /** Without any value at this number. */
  without(id: number): Shelf<Value> {
    if (!this.has(id)) return this;
    const shard = new Map(this.#shards[id % SHARDS]);
    shard.delete(id);
    return this.#replaced(id, shard, this.size - 1);
  }

  /** The numbers whose value is another one here than `before`. */
  changesSince(before: Shelf<Value>): number[] {
    const changed: number[] = [];
    for (let at = 0; at < SHARDS; at++) {
      const [now, then] = [this.#shards[at], before.#shards[at]];
      if (now === then) continue;
      for (const [id, value] of now ?? []) if (then?.get(id) !== value) changed.push(id);
      for (const id of then?.keys() ?? []) if (!now?.has(id)) changed.push(id);
    }
    return changed;
  }

  *values(): Generator<Value> {
    for (const shard of this.#shards) if (shard) yield* shard.values();
  }

  *[Symbol.iterator](): Generator<[number, Value]> {
    for (const shard of this.#shards) if (shard) yield* shard;
  }

  #replaced(id: number, shard: ReadonlyMap<number, Value>, size: number): Shelf<Value> {
    const shards = this.#shards.slice();
    shards[id % SHARDS] = shard;
    return new Shelf(shards, size);
  }
}
