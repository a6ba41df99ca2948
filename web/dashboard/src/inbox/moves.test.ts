// Promises of the list's keys: they move by one, stop at the ends, and leave combinations to the browser.
import { expect, test } from 'vitest';
import { moveOf } from './moves';

const press = (key: string, held = {}) => ({
  key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...held,
});

test.each([
  ['j', 0, 1],
  ['ArrowDown', 4, 4],
  ['k', 0, 0],
  ['ArrowUp', 3, 2],
  ['Home', 3, 0],
  ['End', 0, 4],
  ['x', 0, null],
  ['j', -1, 0],
])('%s from %i', (key, from, to) => {
  expect(moveOf(press(key), 5, from)).toBe(to);
});

test('an empty list and a held key move nothing', () => {
  expect(moveOf(press('j'), 0, -1)).toBeNull();
  expect(moveOf(press('k', { ctrlKey: true }), 5, 2)).toBeNull();
});
