// Promises of the emoji set: each once, each with words, found by what people type.
import { expect, test } from 'vitest';
import { EMOJI, EMOJI_GROUPS, findEmoji } from './emoji';
import { moveInGrid } from './grid';

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });
const found = (query: string) => findEmoji(query).map(({ char }) => char);

test('each is one sign, stands once, and has words', () => {
  expect(new Set(EMOJI.map(({ char }) => char)).size).toBe(EMOJI.length);
  for (const { char, words } of EMOJI) {
    expect([...segments.segment(char)], char).toHaveLength(1);
    expect(words, char).toMatch(/^[a-z ]+$/);
  }
  for (const group of EMOJI_GROUPS) expect(EMOJI.some((it) => it.group === group)).toBe(true);
});

test('are found by the beginnings of words', () => {
  expect(found('thum')).toEqual(['👍', '👎']);
  expect(found(' Heart  BLUE ')).toEqual(['💙']);
  expect(found('🎉')).toEqual(['🎉']);
  expect(found('nosuchthing')).toEqual([]);
  expect(found('')).toHaveLength(EMOJI.length);
});

test.each([
  ['ArrowRight', 0, 1],
  ['ArrowRight', 19, 19],
  ['ArrowLeft', 0, 0],
  ['ArrowDown', 3, 11],
  ['ArrowDown', 15, 19],
  ['ArrowDown', 19, 19],
  ['ArrowUp', 11, 3],
  ['ArrowUp', 3, 3],
  ['Home', 13, 0],
  ['End', 13, 19],
  ['x', 13, null],
])('%s from %i of 20 in rows of 8 leads to %s', (key, from, to) => {
  expect(moveInGrid(key, from, 20, 8)).toBe(to);
});
