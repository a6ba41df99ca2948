// What backoff promises: bounded, growing, spread. Not how long a real timer takes.
import { expect, it } from 'vitest';
import { BACKOFF_FIRST_MS, BACKOFF_MAX_MS, backoffMs } from './backoff';

it('draws the first wait from up to half a second', () => {
  expect(backoffMs(0, 0)).toBe(0);
  expect(backoffMs(0, 0.999)).toBeLessThan(BACKOFF_FIRST_MS);
  expect(backoffMs(0, 0.5)).toBe(BACKOFF_FIRST_MS / 2);
});

it('doubles with each failure', () => {
  expect([1, 2, 3].map((attempt) => backoffMs(attempt, 0.5))).toEqual([500, 1000, 2000]);
});

it('stays under its limit after a night offline', () => {
  for (const attempt of [5, 6, 100, 5000, Infinity]) {
    expect(backoffMs(attempt, 0.999)).toBeLessThan(BACKOFF_MAX_MS);
    expect(backoffMs(attempt, 0.999)).toBeGreaterThan(BACKOFF_MAX_MS * 0.99);
  }
});
