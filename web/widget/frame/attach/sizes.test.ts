// What may be attached, and how sizes are said.
import { expect, test } from 'vitest';
import { english } from '../words';
import { FILE_BYTES_MAX, FILES_MAX, problemOf, sizeText } from './sizes';

const problem = (size: number, attached = 0) =>
  problemOf({ name: 'a.png', size }, attached, english);

test('files up to the limit, and no empty ones', () => {
  expect(problem(FILE_BYTES_MAX)).toBe(null);
  expect(problem(FILE_BYTES_MAX + 1)).toBe('a.png is larger than 25 MB.');
  expect(problem(0)).toBe('a.png is empty.');
});

test('as many as a message takes', () => {
  expect(problem(1, FILES_MAX - 1)).toBe(null);
  expect(problem(1, FILES_MAX)).toBe('At most 10 files in one message.');
});

test.each([
  [1, '1 kB'],
  [61_000, '61 kB'],
  [999_499, '999 kB'],
  [2_440_000, '2.4 MB'],
  [25_000_000, '25 MB'],
])('%i bytes are %s', (bytes, text) => expect(sizeText(bytes, 'en-GB')).toBe(text));
