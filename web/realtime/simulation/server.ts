// A made-up server for the simulation: takes messages once per key, tells them over sockets, behind a bad network.
// Not the real server's rules beyond what the wire contract promises to a client.
import type { SocketLike } from '../environment';
import type { Outcome } from '../post';
import type { ClientFrame, Hello, ServerFrame } from '../wire';
import type { Page, World } from './world';

/** A message in the server's log; `number` is its place and its event's seq. */
export interface Logged {
  number: number;
  echoId: string | null;
  text: string;
}

/** The one event of this server. */
export interface MessageEvent {
  kind: 'message_created';
  message: Logged;
}

/** Until when each fault lasts, on the world's clock. */
interface Faults {
  requestsLost: number;
  answersLost: number;
  busy: number;
  slow: number;
}

/** The server with its network. */
export class Server {
  readonly log: Logged[] = [];
  /** What clients did that they must not do. */
  readonly complaints: string[] = [];
  readonly faults: Faults = { requestsLost: 0, answersLost: 0, busy: 0, slow: 0 };
  /** Cursors below this are told to reload. */
  trimmedTo = 0;
  /** Off: takes the same key twice. Shows that the simulation would notice. */
  remembersKeys = true;
  readonly #offline = new Set<Page>();
  #sockets: Socket[] = [];
  #life = 0;

  constructor(readonly world: World) {}

  /** An agent writes. */
  write(text: string): void {
    this.#append({ number: this.log.length + 1, echoId: null, text });
  }

  /** Ends every request and socket; the log stays, as acknowledged means durable. */
  restart(): void {
    this.#life += 1;
    for (const socket of this.#sockets) socket.end(4001);
    this.#sockets = [];
  }

  setOnline(page: Page, online: boolean): void {
    if (online) this.#offline.delete(page);
    else this.#offline.add(page);
    for (const socket of this.#socketsOf(page)) if (!online) socket.mute();
  }

  /** The connection breaks; `told` says whether the browser notices. */
  cut(page: Page, told: boolean): void {
    for (const socket of this.#socketsOf(page)) {
      if (told) socket.end(1006);
      else socket.mute();
    }
    this.#sockets = this.#sockets.filter((socket) => socket.page !== page);
  }

  /** POST of a message. */
  post(page: Page, echoId: string, text: string): Promise<Outcome<Logged>> {
    return this.#request(page, () => this.#accept(echoId, text));
  }

  /** GET of everything, with the cursor that it was read at. */
  fetch(page: Page): Promise<Outcome<{ log: Logged[]; cursor: number }>> {
    return this.#request(page, () => {
      const answer = { log: [...this.log], cursor: this.log.length };
      return { kind: 'accepted', answer };
    });
  }

  open(page: Page): SocketLike {
    const open = this.#socketsOf(page).filter((socket) => !socket.closedByClient);
    if (open.length > 0) this.complaints.push('a page has two sockets');
    const socket = new Socket(this, page);
    this.#sockets.push(socket);
    const reachable = () => !this.#offline.has(page);
    this.world.after(this.latencyMs(), () => (reachable() ? socket.open() : socket.mute()));
    return socket;
  }

  /** What follows a hello. */
  greet(socket: Socket, hello: Hello): void {
    if (!('visitor' in hello)) {
      this.complaints.push('a hello that is not a visitor’s');
      return;
    }
    const resumes = hello.epoch === 'e1' && hello.cursor >= this.trimmedTo;
    const cursor = resumes ? hello.cursor : this.log.length;
    socket.deliver({ type: resumes ? 'resumed' : 'reload', epoch: 'e1', cursor });
    for (const message of this.log.slice(cursor)) socket.deliver(eventOf(message));
  }

  latencyMs(): number {
    const usual = 5 + Math.floor(this.world.random() * 60);
    // Slower than a client's patience: such a request arrives after its repetition.
    return this.world.nowMs < this.faults.slow ? usual + this.world.random() * 14_000 : usual;
  }

  #request<T>(page: Page, work: () => Outcome<T>): Promise<Outcome<T>> {
    const life = this.#life;
    const during = (until: number) => this.world.nowMs < until;
    const lost = during(this.faults.requestsLost) || this.#offline.has(page);
    return new Promise((resolve) => {
      const answer = (outcome: Outcome<T>) => {
        const lostOnTheWay = during(this.faults.answersLost) || this.#offline.has(page);
        if (!lostOnTheWay)
          this.world.after(this.latencyMs(), () => page.run(() => resolve(outcome)));
      };
      if (lost) return;
      this.world.after(this.latencyMs(), () => {
        if (life !== this.#life) return;
        answer(during(this.faults.busy) ? { kind: 'later', afterMs: 1000 } : work());
      });
    });
  }

  #accept(echoId: string, text: string): Outcome<Logged> {
    if (text.startsWith('bad')) return { kind: 'refused', status: 422, reason: 'Bad message' };
    const first = this.log.find((message) => message.echoId === echoId);
    if (first && this.remembersKeys) return { kind: 'accepted', answer: first };
    const message = { number: this.log.length + 1, echoId, text };
    this.#append(message);
    return { kind: 'accepted', answer: message };
  }

  #append(message: Logged): void {
    this.log.push(message);
    for (const socket of this.#sockets) if (socket.greeted) socket.deliver(eventOf(message));
  }

  #socketsOf(page: Page): Socket[] {
    return this.#sockets.filter((socket) => socket.page === page && !socket.ended);
  }
}

/** One connection, seen from both ends: frames arrive in order, a muted one never says another word. */
class Socket implements SocketLike {
  onopen: SocketLike['onopen'] = null;
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  greeted = false;
  ended = false;
  closedByClient = false;
  #muted = false;
  #lastAtMs = 0;
  /** The furthest place that was sent to this page. */
  #toldUpTo = 0;

  constructor(
    readonly server: Server,
    readonly page: Page,
  ) {}

  open(): void {
    this.#later(() => this.onopen?.());
  }

  mute(): void {
    this.#muted = true;
  }

  end(code: number): void {
    this.#later(() => {
      this.ended = true;
      this.onclose?.({ code, reason: '' });
    });
  }

  deliver(frame: ServerFrame<MessageEvent>): void {
    if (frame.type === 'event') this.#toldUpTo = Math.max(this.#toldUpTo, frame.seq);
    if (frame.type === 'resumed') this.#toldUpTo = frame.cursor;
    this.#later(() => this.onmessage?.({ data: JSON.stringify(frame) }));
  }

  send(text: string): void {
    const frame = JSON.parse(text) as Hello | ClientFrame;
    this.server.world.after(this.server.latencyMs(), () => {
      if (this.#muted || this.ended || this.closedByClient) return;
      if (frame.type === 'check') this.deliver({ type: 'check' });
      if (frame.type === 'received' && frame.place > this.#toldUpTo)
        this.server.complaints.push('a page claims to have what it was not told');
      if (frame.type !== 'hello') return;
      this.greeted = true;
      this.server.greet(this, frame);
    });
  }

  close(): void {
    this.closedByClient = true;
    this.mute();
  }

  /** To the client, in the order of sending. */
  #later(run: () => void): void {
    const { world } = this.server;
    const atMs = Math.max(world.nowMs + this.server.latencyMs(), this.#lastAtMs);
    this.#lastAtMs = atMs;
    world.after(atMs - world.nowMs, () =>
      this.page.run(() => {
        if (!this.#muted && !this.ended) run();
      }),
    );
  }
}

function eventOf(message: Logged): ServerFrame<MessageEvent> {
  return { type: 'event', seq: message.number, event: { kind: 'message_created', message } };
}
