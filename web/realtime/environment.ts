// What the socket client and the outbox need of the world: time, chance, sockets, and news that the line may be back.
// Not logic: tests put a virtual world in its place.
import { randomId } from './random-id';

/** The part of a WebSocket that is used. */
export interface SocketLike {
  onopen: (() => void) | null;
  onmessage: ((message: { data: unknown }) => void) | null;
  onclose: ((closed: { code: number; reason: string }) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

/** The outside world of one page. Every function that starts something returns the function that stops it. */
export interface Environment {
  now(): number;
  /** Evenly from [0, 1). */
  random(): number;
  /** A new unguessable id. */
  id(): string;
  openSocket(url: string): SocketLike;
  after(ms: number, run: () => void): () => void;
  /** Calls back when the network returns or the page is looked at again: both may end a wait early. */
  onWake(run: () => void): () => void;
  /** Calls back when the page goes away: the last moment to write something down. */
  onLeave(run: () => void): () => void;
}

/** The real thing. */
export const browser: Environment = {
  now: () => Date.now(),
  random: () => Math.random(),
  id: () => randomId(),
  // A browser calls handlers with more than we ask for, which their types do not let us say.
  openSocket: (url) => new WebSocket(url) as SocketLike,
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  onWake(run) {
    const seen = () => {
      if (document.visibilityState === 'visible') run();
    };
    window.addEventListener('online', run);
    document.addEventListener('visibilitychange', seen);
    return () => {
      window.removeEventListener('online', run);
      document.removeEventListener('visibilitychange', seen);
    };
  },
  onLeave(run) {
    window.addEventListener('pagehide', run);
    return () => window.removeEventListener('pagehide', run);
  },
};
