// Why a log-in did not happen, and in which words to say it. Pure; the page is Login.svelte.
import { ApiError, NetworkError } from '../../../api/client';
import { words } from '../words';

export interface Problem {
  kind: 'input' | 'wrong' | 'throttled' | 'unreachable' | 'broken';
  /** Where the focus goes. */
  field: 'email' | 'password' | null;
  text: string;
  /** When to try again, in milliseconds since 1970. */
  untilMs?: number;
}

/** What a server that asks for patience without saying how long gets, in seconds. */
const PATIENCE_SECONDS = 30;

/** What a failed request meant, at the time `now`. */
export function problemOf(error: unknown, now: number): Problem {
  if (error instanceof NetworkError)
    return { kind: 'unreachable', field: null, text: words.login.unreachable };
  if (!(error instanceof ApiError)) throw error;
  if (error.status === 429) {
    const seconds = error.retryAfterSeconds ?? PATIENCE_SECONDS;
    return { kind: 'throttled', field: null, text: '', untilMs: now + seconds * 1000 };
  }
  if (error.status === 401 || error.status === 422) {
    return { kind: 'wrong', field: 'password', text: words.login.wrong };
  }
  return { kind: 'broken', field: null, text: words.login.broken };
}

/** Whole seconds until the next try makes sense; 0 at once. */
export function secondsLeft(problem: Problem, now: number): number {
  return Math.max(0, Math.ceil(((problem.untilMs ?? 0) - now) / 1000));
}
