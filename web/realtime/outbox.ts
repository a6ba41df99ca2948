// The outbox of one page: does what outbox-machine.ts decides, with requests, timers and storage.
// Not the rules, and not the list of messages: the app shows `pending` after the messages it has.
import { browser, type Environment } from './environment';
import {
  emptyOutbox,
  pending,
  step,
  type Item,
  type OutboxEffect,
  type OutboxInput,
  type OutboxState,
  type Pending,
} from './outbox-machine';
import type { OutboxStore } from './outbox-store';
import type { Outcome } from './post';

export { localOutboxStore, type OutboxStore } from './outbox-store';
export { outcomeOf, postJson, type Outcome } from './post';
export type { Item, Pending } from './outbox-machine';

/** A try without an answer is given up after this long, and repeated. */
export const TRY_MS = 10_000;
/** More than this waiting at once is refused: nobody writes so much into a dead line. */
export const ITEMS_MAX = 200;

/** What an outbox needs from its app. */
export interface OutboxOptions<Body, Answer> {
  store: OutboxStore<Body>;
  /** One try. Must send `item.echoId`. A rejection counts as "later". */
  send(item: Item<Body>, signal: AbortSignal): Promise<Outcome<Answer>>;
  /** The server has it: put the message into the list now, before the item leaves `pending`. */
  onAccepted(item: Item<Body>, answer: Answer): void;
  /** `pending` changed. */
  onChange(pending: Pending<Body>[]): void;
  environment?: Environment;
}

/** Messages on their way to the server: kept over reloads, in order per lane, delivered once. */
export class Outbox<Body, Answer> {
  readonly #options: OutboxOptions<Body, Answer>;
  readonly #world: Environment;
  readonly #stops: (() => void)[];
  #state: OutboxState<Body>;
  #stopTimer: () => void = () => undefined;
  #closed = false;

  /** Starts at once with what an earlier page left. */
  constructor(options: OutboxOptions<Body, Answer>) {
    this.#options = options;
    this.#world = options.environment ?? browser;
    this.#state = emptyOutbox(this.#world.id());
    this.#stops = [
      options.store.watch((echoId, item) =>
        this.#step(item ? { type: 'stored', item } : { type: 'erased', echoId }),
      ),
      this.#world.onWake(() => this.wake()),
      this.#world.onLeave(() => this.#step({ type: 'left' })),
    ];
    // Oldest first, because the first one of a lane is sent as soon as it is known.
    const left = options.store.load().sort((a, b) => a.order - b.order);
    for (const item of left) this.#step({ type: 'stored', item });
  }

  /** All items in order, those of one lane when it is given. */
  pending(lane?: string): Pending<Body>[] {
    const all = pending(this.#state);
    return lane === undefined ? all : all.filter((item) => item.lane === lane);
  }

  /** Queues a message; its key, or null when ITEMS_MAX are waiting: keep the text in the composer then. */
  add(lane: string, body: Body): string | null {
    if (this.#state.items.length >= ITEMS_MAX) return null;
    const echoId = this.#world.id();
    this.#step({ type: 'typed', echoId, lane, body });
    return echoId;
  }

  /** Tries a failed message again, at the end of its lane. */
  retry(echoId: string): void {
    this.#step({ type: 'retried', echoId });
  }

  /** Takes a failed message away. */
  remove(echoId: string): void {
    this.#step({ type: 'removed', echoId });
  }

  /** Give it the echo_id of every own message that an event or a fetched list shows; null is welcome. */
  settle(echoId: string | null): void {
    if (echoId !== null) this.#step({ type: 'settled', echoId });
  }

  /** The line may be back (a socket went live, a retry button): waits end. */
  wake(): void {
    this.#step({ type: 'woken' });
  }

  /** Stops sending; what is unsent stays in storage for the next page. */
  close(): void {
    this.#step({ type: 'left' });
    for (const stop of this.#stops) stop();
    this.#stopTimer();
    this.#closed = true;
  }

  #step(input: OutboxInput<Body>): void {
    if (this.#closed) return;
    const before = this.#state;
    const { state, effects } = step(before, this.#world.now(), input);
    this.#state = state;
    this.#stopTimer();
    for (const effect of effects) this.#perform(effect);
    if (state.items !== before.items || state.lanes !== before.lanes) {
      this.#options.onChange(pending(this.#state));
    }
  }

  #perform(effect: OutboxEffect<Body>): void {
    switch (effect.do) {
      case 'save':
        this.#options.store.save(effect.item);
        break;
      case 'erase':
        this.#options.store.erase(effect.echoId);
        break;
      case 'send':
        void this.#send(effect.item);
        break;
      case 'wake':
        this.#stopTimer = this.#world.after(Math.max(0, effect.atMs - this.#world.now()), () =>
          this.#step({ type: 'ticked' }),
        );
        break;
    }
  }

  async #send(item: Item<Body>): Promise<void> {
    const outcome = await this.#try(item);
    if (this.#closed) return;
    const { echoId } = item;
    switch (outcome.kind) {
      case 'accepted':
        this.#options.onAccepted(item, outcome.answer);
        this.#step({ type: 'answered', echoId, verdict: { kind: 'accepted' } });
        break;
      case 'refused':
        this.#step({
          type: 'answered',
          echoId,
          verdict: { kind: 'refused', reason: outcome.reason },
        });
        break;
      case 'later': {
        const afterMs = outcome.afterMs ?? null;
        const verdict = { kind: 'later', afterMs, random: this.#world.random() } as const;
        this.#step({ type: 'answered', echoId, verdict });
        break;
      }
    }
  }

  /** One try with a time limit of its own, for a `send` that does not listen to its signal. */
  #try(item: Item<Body>): Promise<Outcome<Answer>> {
    const limit = new AbortController();
    return new Promise((resolve) => {
      const stop = this.#world.after(TRY_MS, () => {
        limit.abort();
        resolve({ kind: 'later' });
      });
      void this.#options
        .send(item, limit.signal)
        .catch((): Outcome<Answer> => ({ kind: 'later' }))
        .then((outcome) => {
          stop();
          resolve(outcome);
        });
    });
  }
}
