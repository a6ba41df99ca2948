// A virtual world for tests: one clock, one source of chance, pages that can freeze, and storage shared by tabs.
// Not a test. Nothing here waits in real time; the same seed always gives the same run.
import type { Environment, SocketLike } from '../environment';
import type { Item } from '../outbox-machine';
import type { OutboxStore } from '../outbox-store';

interface Task {
  atMs: number;
  turn: number;
  run: () => void;
}

/** Deterministic numbers from [0, 1) (the mulberry32 generator). */
export function chance(seed: number): () => number {
  let at = seed >>> 0;
  return () => {
    at = (at + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Time that moves only when told, from task to task. */
export class World {
  nowMs = 1_000_000;
  /** Called after every task, for what must hold at all times. */
  afterEach: () => void = () => undefined;
  readonly random: () => number;
  #tasks: Task[] = [];
  #turn = 0;
  #ids = 0;

  constructor(seed: number) {
    this.random = chance(seed);
  }

  /** Unique, but in no order: nothing may lean on ids that grow. */
  nextId(): string {
    this.#ids += 1;
    return `${Math.floor(this.random() * 1e6)}-${this.#ids}`;
  }

  after(ms: number, run: () => void): () => void {
    const task = { atMs: this.nowMs + ms, turn: (this.#turn += 1), run };
    this.#tasks.push(task);
    return () => {
      this.#tasks = this.#tasks.filter((it) => it !== task);
    };
  }

  /** Runs everything that is due up to `untilMs`. */
  async runUntil(untilMs: number): Promise<void> {
    await microtasks();
    for (let next = this.#next(untilMs); next !== null; next = this.#next(untilMs)) {
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.run();
      await microtasks();
      this.afterEach();
    }
    this.nowMs = Math.max(this.nowMs, untilMs);
  }

  #next(untilMs: number): Task | null {
    const due = this.#tasks.filter((task) => task.atMs <= untilMs);
    const [first] = due.sort((a, b) => a.atMs - b.atMs || a.turn - b.turn);
    if (first === undefined) return null;
    this.#tasks = this.#tasks.filter((task) => task !== first);
    return first;
  }
}

/** Lets promises that are already settled reach whoever awaits them: the longest chain in use is shorter. */
async function microtasks(): Promise<void> {
  for (let turn = 0; turn < 24; turn += 1) await Promise.resolve();
}

/** One tab: an environment that can be frozen like a laptop with a closed lid, or be gone. */
export class Page {
  gone = false;
  #frozen: (() => void)[] | null = null;
  readonly #wake = new Set<() => void>();
  readonly #leave = new Set<() => void>();

  constructor(readonly world: World) {}

  /** Runs now, when the page thaws, or never. */
  run(what: () => void): void {
    if (this.gone) return;
    if (this.#frozen) this.#frozen.push(what);
    else what();
  }

  get awake(): boolean {
    return this.#frozen === null;
  }

  freeze(): void {
    this.#frozen ??= [];
  }

  thaw(): void {
    const missed = this.#frozen ?? [];
    this.#frozen = null;
    for (const what of missed) this.run(what);
    this.wake();
  }

  wake(): void {
    for (const run of this.#wake) this.run(run);
  }

  /** Closed by its reader; a crash skips this. */
  leave(): void {
    if (this.#frozen === null) for (const run of this.#leave) run();
  }

  environment(openSocket: (page: Page) => SocketLike): Environment {
    return {
      now: () => this.world.nowMs,
      random: this.world.random,
      id: () => this.world.nextId(),
      openSocket: () => openSocket(this),
      after: (ms, run) => this.world.after(ms, () => this.run(run)),
      onWake: (run) => listen(this.#wake, run),
      onLeave: (run) => listen(this.#leave, run),
    };
  }
}

function listen(listeners: Set<() => void>, run: () => void): () => void {
  listeners.add(run);
  return () => listeners.delete(run);
}

/** What the tabs of one browser share. News reaches the other tabs a moment later, as in a browser. */
export class SharedStorage<Body> {
  readonly items = new Map<string, Item<Body>>();
  readonly #watchers = new Map<Page, (echoId: string, item: Item<Body> | null) => void>();

  constructor(readonly world: World) {}

  storeOf(page: Page): OutboxStore<Body> {
    return {
      load: () => [...this.items.values()],
      save: (item) => {
        this.items.set(item.echoId, item);
        this.#tell(page, item.echoId, item);
      },
      erase: (echoId) => {
        if (this.items.delete(echoId)) this.#tell(page, echoId, null);
      },
      watch: (changed) => {
        this.#watchers.set(page, changed);
        return () => this.#watchers.delete(page);
      },
    };
  }

  #tell(from: Page, echoId: string, item: Item<Body> | null): void {
    for (const [page, changed] of this.#watchers) {
      if (page !== from) this.world.after(2, () => page.run(() => changed(echoId, item)));
    }
  }
}
