// One line to the server that comes back by itself: hello, cursor, reconnect, liveness.
// Not state: it hands frames on; fetching over REST after `reload` and folding events is the app's part.
import { backoffMs } from './backoff';
import { browser, type Environment, type SocketLike } from './environment';
import { Place } from './place';
import { readFrame, type ClientFrame, type Hello, type ServerFrame } from './wire';

/** From opening a socket to the answer to the hello; later counts as lost. */
export const ANSWER_MS = 10_000;
/** From asking whether the line lives to any frame; later counts as lost. */
export const CHECK_MS = 5_000;
/** Silence after which we ask: a line cut by a router stays "open" in the browser for minutes. */
export const QUIET_MS = 30_000;
/** A line that lived shorter than this counts as one more failure, so that a refusing server is left in peace. */
export const STEADY_MS = 10_000;

/** From hearing something new to telling that we have it: a flood is told once. */
export const RECEIVED_MS = 500;

/** What to show about the line. `untilMs` is when the next try starts, on the environment's clock. */
export type ConnectionState =
  | { status: 'connecting' }
  | { status: 'live' }
  | { status: 'waiting'; attempt: number; untilMs: number }
  /** For good: a code from 4500 to 4999 (4501 not signed in, 4503 session ended), or `close()` (code 1000). */
  | { status: 'stopped'; code: number; reason: string };

/** What a connection needs to know. */
export interface ConnectOptions<Event> {
  /** ws: or wss: address, see `realtimeUrl`. */
  url: string;
  /** Who we are, and the epoch and cursors of the last REST fetch. Asked before every hello; what was heard since wins. */
  hello: () => Hello;
  /** Every frame once and in order; events that were heard before are left out. */
  onFrame: (frame: ServerFrame<Event>) => void;
  /** Each change of state, beginning with `connecting`. */
  onState?: (state: ConnectionState) => void;
  /** The world; tests give their own. */
  environment?: Environment;
}

/** A line that keeps itself alive until it is closed or told to stop. */
export interface Connection {
  readonly state: ConnectionState;
  /** False when the line is not live: such frames (typing) lose their meaning with time and are not queued. */
  send(frame: ClientFrame): boolean;
  /** Try now instead of waiting; when live, prove that the line lives. For a "Retry" button or a hint of trouble. */
  nudge(): void;
  /** Ends it for good. */
  close(): void;
}

/** The socket's address on the page's own origin, or on that of `base`. */
export function realtimeUrl(base: string = location.href): string {
  const url = new URL('/realtime', base);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/** Opens the line at once and keeps it. Never two sockets at a time, never a lost cursor. */
export function connectRealtime<Event>(options: ConnectOptions<Event>): Connection {
  return new Line(options);
}

class Line<Event> implements Connection {
  readonly #options: ConnectOptions<Event>;
  readonly #world: Environment;
  readonly #place = new Place();
  readonly #stopListening: () => void;
  #state: ConnectionState = { status: 'connecting' };
  #socket: SocketLike | null = null;
  /** Set while something new was heard that is yet to be told. */
  #forgetReceived: (() => void) | null = null;
  /** One timer is enough for the line itself: each status waits for one thing only. */
  #disarm: () => void = () => undefined;
  #failures = 0;
  #liveSinceMs = 0;
  #checking = false;

  constructor(options: ConnectOptions<Event>) {
    this.#options = options;
    this.#world = options.environment ?? browser;
    this.#stopListening = this.#world.onWake(() => this.nudge());
    this.#connect();
  }

  get state(): ConnectionState {
    return this.#state;
  }

  send(frame: ClientFrame): boolean {
    if (this.#state.status !== 'live' || this.#socket === null) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  nudge(): void {
    if (this.#state.status === 'waiting') this.#connect();
    else if (this.#state.status === 'live') this.#check();
  }

  close(): void {
    this.#stop(1000, 'closed');
  }

  #connect(): void {
    this.#enter({ status: 'connecting' });
    this.#arm(ANSWER_MS, () => this.#lost());
    const socket = this.#world.openSocket(this.#options.url);
    this.#socket = socket;
    socket.onopen = () => {
      socket.send(JSON.stringify(this.#place.hello(this.#options.hello())));
    };
    socket.onmessage = (message) => this.#hear(message.data);
    socket.onclose = ({ code, reason }) => {
      this.#socket = null;
      if (code >= 4500 && code <= 4999) this.#stop(code, reason);
      else this.#lost(retryWithinMs(reason));
    };
  }

  #hear(text: unknown): void {
    const frame = typeof text === 'string' ? readFrame<Event>(text) : null;
    const greeted = frame?.type === 'resumed' || frame?.type === 'reload' || frame?.type === 'mode';
    const fresh = frame !== null && this.#place.accept(frame);
    if (this.#state.status === 'live' || greeted) this.#alive();
    if (fresh && (frame.type === 'event' || frame.type === 'cursor' || frame.type === 'resumed'))
      this.#tellReceived();
    // Last, so that an error thrown by the app leaves the line in order.
    if (frame !== null && fresh) this.#options.onFrame(frame);
  }

  /** Any frame, known or not, proves that the line lives. */
  #alive(): void {
    this.#checking = false;
    this.#arm(QUIET_MS, () => this.#check());
    if (this.#state.status === 'live') return;
    this.#liveSinceMs = this.#world.now();
    this.#enter({ status: 'live' });
  }

  /** Counted from the first news, so that a steady stream is told of while it flows. */
  #tellReceived(): void {
    this.#forgetReceived ??= this.#world.after(RECEIVED_MS, () => {
      this.#forgetReceived = null;
      for (const frame of this.#place.takeUntold()) this.send(frame);
    });
  }

  #check(): void {
    // Asking again must not push back the time limit of the first question.
    if (this.#checking) return;
    this.#checking = true;
    this.send({ type: 'check' });
    this.#arm(CHECK_MS, () => this.#lost());
  }

  /** `withinMs` is the server's own word on how far its clients should spread their return. */
  #lost(withinMs = 0): void {
    const wasSteady =
      this.#state.status === 'live' && this.#world.now() - this.#liveSinceMs >= STEADY_MS;
    if (wasSteady) this.#failures = 0;
    this.#abandon();
    const random = this.#world.random();
    const waitMs = Math.max(backoffMs(this.#failures, random), Math.floor(random * withinMs));
    this.#failures += 1;
    this.#arm(waitMs, () => this.#connect());
    const untilMs = this.#world.now() + waitMs;
    this.#enter({ status: 'waiting', attempt: this.#failures, untilMs });
  }

  #stop(code: number, reason: string): void {
    if (this.#state.status === 'stopped') return;
    this.#disarm();
    this.#stopListening();
    this.#abandon();
    this.#enter({ status: 'stopped', code, reason });
  }

  /** A dead line can take minutes to say so: we stop listening first, so that it can never speak again. */
  #abandon(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#checking = false;
    // The next line tells it.
    this.#forgetReceived?.();
    this.#forgetReceived = null;
    if (socket === null) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close(1000);
  }

  #arm(ms: number, run: () => void): void {
    this.#disarm();
    this.#disarm = this.#world.after(ms, run);
  }

  #enter(state: ConnectionState): void {
    this.#state = state;
    this.#options.onState?.(state);
  }
}

/** The time in which to come back, as a server that stops tells it; at most a minute, whatever it says. */
function retryWithinMs(reason: string): number {
  const told = /^retry within (\d{1,7}) ms$/.exec(reason)?.[1];
  return Math.min(Number(told ?? 0), 60_000);
}
