// Promises of moving among messages by keys.
import { expect, test } from 'vitest';
import { nextOf } from './message-keys';

test.each([
  ['Enter', -1, true, 4],
  ['ArrowUp', -1, true, null],
  ['ArrowUp', 4, false, 3],
  ['ArrowUp', 0, false, 0],
  ['ArrowDown', 4, false, 4],
  ['Home', 3, false, 0],
  ['End', 1, false, 4],
  ['Escape', 2, false, -1],
  ['a', 2, false, null],
  ['ArrowDown', -1, false, null],
])('%s from %i', (key, at, onLog, to) => {
  expect(nextOf(key, at, 5, onLog)).toBe(to);
});
