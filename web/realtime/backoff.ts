// How long to wait before the next try. Not a timer: it only computes.

/** The first wait is drawn from 0 to this many milliseconds. */
export const BACKOFF_FIRST_MS = 500;
/** No wait is longer than this. */
export const BACKOFF_MAX_MS = 15_000;

/**
 * Exponential backoff with full jitter: a thousand browsers cut off by one restart must not come back as one.
 *
 * @param attempt failures since the last success, from 0
 * @param random drawn evenly from [0, 1)
 * @returns milliseconds, from 0 to min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2^attempt)
 */
export function backoffMs(attempt: number, random: number): number {
  // 2^attempt of a night offline would overflow to Infinity * 0 = NaN, hence the inner limit.
  const ceiling = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** Math.min(attempt, 16));
  return Math.floor(random * ceiling);
}
