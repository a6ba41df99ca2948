// One tab of the simulated browser: the smallest app that uses socket and outbox as they are meant to be used.
// Not the widget: it has no looks, only the list that a reader would see.
import { Outbox, type Pending } from '../outbox';
import { connectRealtime, type Connection } from '../socket';
import type { ServerFrame } from '../wire';
import type { Logged, MessageEvent, Server } from './server';
import { Page, type SharedStorage, type World } from './world';

/** Fetches everything, then follows the events; writes through the outbox. */
export class Tab {
  readonly page: Page;
  messages: Logged[] = [];
  pending: Pending<string>[] = [];
  readonly #server: Server;
  readonly #outbox: Outbox<string, Logged>;
  #connection: Connection | null = null;
  #cursor = 0;

  constructor(world: World, server: Server, storage: SharedStorage<string>) {
    this.page = new Page(world);
    this.#server = server;
    const environment = this.page.environment((page) => server.open(page));
    this.#outbox = new Outbox<string, Logged>({
      store: storage.storeOf(this.page),
      send: (item) => server.post(this.page, item.echoId, item.body),
      onAccepted: (_item, message) => this.#show([message]),
      onChange: (pending) => {
        this.pending = pending;
      },
      environment,
    });
    this.pending = this.#outbox.pending();
    void this.#fetch().then(() => {
      this.#connection = connectRealtime<MessageEvent>({
        url: 'ws://simulated/realtime',
        hello: () => ({
          type: 'hello',
          v: 1,
          visitor: { website_token: 'w', token: 't' },
          epoch: 'e1',
          cursor: this.#cursor,
        }),
        onFrame: (frame) => this.#hear(frame),
        onState: (state) => {
          if (state.status === 'live') this.#outbox.wake();
        },
        environment,
      });
    });
  }

  /** Whether the line is up, for the end of a story. */
  get live(): boolean {
    return this.#connection?.state.status === 'live';
  }

  type(text: string): void {
    this.page.run(() => this.#outbox.add('lane', text));
  }

  removeFailed(): void {
    for (const item of this.pending) this.#outbox.remove(item.echoId);
  }

  retryFailed(): void {
    this.page.run(() => {
      for (const item of this.pending) this.#outbox.retry(item.echoId);
    });
  }

  /** A closed tab says goodbye, a crashed one does not. */
  end(crash: boolean): void {
    if (!crash) this.page.leave();
    this.page.gone = true;
    this.#server.cut(this.page, false);
  }

  async #fetch(): Promise<void> {
    for (;;) {
      const limit = new Promise<null>((resolve) => {
        this.page.world.after(5_000, () => this.page.run(() => resolve(null)));
      });
      const outcome = await Promise.race([this.#server.fetch(this.page), limit]);
      if (outcome?.kind !== 'accepted') continue;
      this.#cursor = Math.max(this.#cursor, outcome.answer.cursor);
      this.#show(outcome.answer.log);
      return;
    }
  }

  #hear(frame: ServerFrame<MessageEvent>): void {
    if (frame.type === 'reload') void this.#fetch();
    if (frame.type === 'event') this.#show([frame.event.message]);
  }

  #show(news: Logged[]): void {
    const known = new Set(this.messages.map((message) => message.number));
    const fresh = news.filter((message) => !known.has(message.number));
    this.messages = [...this.messages, ...fresh].sort((a, b) => a.number - b.number);
    for (const message of fresh) this.#outbox.settle(message.echoId);
  }

  /** The text that a reader sees twice, if there is one: among the messages, or there and on its way. */
  shownTwice(): string | null {
    const echoIds = this.messages.flatMap((message) => message.echoId ?? []);
    const all = [...echoIds, ...this.pending.map((item) => item.echoId)];
    const twice = all.find((echoId, at) => all.indexOf(echoId) !== at);
    return twice === undefined ? null : twice;
  }
}
