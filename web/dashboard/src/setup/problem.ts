// Why a step of setting up did not happen, and in which words to say it. Pure; the steps are components.
import { ApiError, NetworkError } from '../../../api/client';
import { FieldError } from './calls';
import { words } from './words';

export interface Problem {
  kind: 'field' | 'done' | 'throttled' | 'unreachable' | 'broken';
  /** The field that the focus goes to. */
  field: string | null;
  text: string;
  /** When to try again, in milliseconds since 1970. */
  untilMs: number;
}

/** What a server that asks for patience without saying how long gets, in seconds. */
const PATIENCE_SECONDS = 30;

/** A field that somebody left empty or filled wrongly. */
export function fieldProblem(field: string, text: string): Problem {
  return { kind: 'field', field, text, untilMs: 0 };
}

/** What a failed request meant, at the time `now`. */
export function problemOf(error: unknown, now: number): Problem {
  const plain = { field: null, untilMs: 0 };
  if (error instanceof NetworkError)
    return { ...plain, kind: 'unreachable', text: words.problem.unreachable };
  if (error instanceof FieldError) {
    const text =
      error.field === 'code'
        ? words.code.wrong
        : (words.account.invalid[error.field] ?? `${error.message}.`);
    return fieldProblem(error.field, text);
  }
  if (!(error instanceof ApiError)) throw error;
  if (error.status === 409) return { ...plain, kind: 'done', text: words.problem.done };
  if (error.status === 429) {
    const seconds = error.retryAfterSeconds ?? PATIENCE_SECONDS;
    return { kind: 'throttled', field: null, text: '', untilMs: now + seconds * 1000 };
  }
  return { ...plain, kind: 'broken', text: words.problem.broken };
}

/** Whole seconds until the next try makes sense; 0 at once. */
export function secondsLeft(problem: Problem | null, now: number): number {
  return Math.max(0, Math.ceil(((problem?.untilMs ?? 0) - now) / 1000));
}
