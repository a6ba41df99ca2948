// The square in the middle of a picture.
import { expect, test } from 'vitest';
import { square } from './crop';

test.each([
  [400, 300, { x: 50, y: 0, side: 300 }],
  [300, 401, { x: 0, y: 50, side: 300 }],
  [256, 256, { x: 0, y: 0, side: 256 }],
  [1, 9, { x: 0, y: 4, side: 1 }],
])('of %i by %i', (width, height, wanted) => {
  expect(square(width, height)).toEqual(wanted);
});
