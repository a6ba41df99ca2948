// Who is logged in. Not what they see: see account.svelte.ts.
import { tick } from 'svelte';
import { ApiError, session as calls, whenSignedOut } from '../../../api/client';
import type { Session } from '../../../api/types';
import { forgetDrafts } from './drafts';

export type SessionState =
  | { status: 'loading' }
  | { status: 'in'; session: Session }
  /** `ended`: it was alive in this page, and somebody or the time ended it. `left`: this person logged out. */
  | { status: 'out'; why: 'never-in' | 'ended' | 'left' }
  /** Nobody knows: the server did not answer, or not well. */
  | { status: 'unreachable' };

/** Tells the browser's other tabs that the session they share is over. */
const NEWS_CHANNEL = 'frontdesk:session';

class SessionStore {
  state: SessionState = $state.raw({ status: 'loading' });
  /** What has to be done as long as the session lives. */
  readonly #last = new Set<() => Promise<void>>();
  readonly #news = new BroadcastChannel(NEWS_CHANNEL);

  constructor() {
    whenSignedOut(() => this.drop());
    this.#news.onmessage = () => this.drop();
  }

  /** Asks the server who we are. While it is asked again after no answer, the page stays as it is. */
  async load(): Promise<void> {
    try {
      this.state = { status: 'in', session: await calls.read() };
    } catch (error) {
      const out = error instanceof ApiError && error.status === 401;
      this.state = out ? { status: 'out', why: 'never-in' } : { status: 'unreachable' };
    }
  }

  /** Logs in. Throws what the request throws. */
  async begin(email: string, password: string): Promise<void> {
    this.state = { status: 'in', session: await calls.begin(email, password) };
  }

  /** Somebody was logged in by another call than `begin`. */
  take(session: Session): void {
    this.state = { status: 'in', session };
  }

  /** `run` is awaited before logging out ends the session; it deals with failures itself. The answer takes it back. */
  beforeEnd(run: () => Promise<void>): () => void {
    this.#last.add(run);
    return () => this.#last.delete(run);
  }

  /** Logs out. Throws when the server did not hear of it: then the session still lives. */
  async end(): Promise<void> {
    await Promise.all([...this.#last].map((run) => run()));
    await calls.end();
    const user = this.state.status === 'in' ? this.state.session.user.id : null;
    this.state = { status: 'out', why: 'left' };
    if (user !== null) await this.#forget(user);
    this.#news.postMessage('left');
  }

  /** After the page has let go of what was written: it writes drafts down as it goes. */
  async #forget(user: number): Promise<void> {
    await tick();
    forgetDrafts(user);
  }

  /** The server says that the session is over. */
  drop(): void {
    if (this.state.status === 'in') this.state = { status: 'out', why: 'ended' };
  }
}

/** The one session of the page. */
export const session = new SessionStore();
