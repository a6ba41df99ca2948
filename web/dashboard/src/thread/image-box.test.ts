// Promises of the room for pictures: they keep their shape, fit, and can be pressed.
import { expect, test } from 'vitest';
import { boxOf, TILE } from './image-box';

test('a large picture is made smaller in its own shape', () => {
  expect(boxOf({ width: 3200, height: 1600 }, false)).toEqual({ width: 320, height: 160 });
  expect(boxOf({ width: 1000, height: 2000 }, false)).toEqual({ width: 140, height: 280 });
});

test('a small one is not made larger, but large enough for a finger', () => {
  expect(boxOf({ width: 200, height: 100 }, false)).toEqual({ width: 200, height: 100 });
  expect(boxOf({ width: 4, height: 4 }, false)).toEqual({ width: 64, height: 64 });
});

test('several are tiles, and one that nobody measured has room', () => {
  expect(boxOf({ width: 3200, height: 1600 }, true)).toEqual({ width: TILE, height: TILE });
  expect(boxOf({ width: null, height: null }, false).height).toBeGreaterThan(100);
});
