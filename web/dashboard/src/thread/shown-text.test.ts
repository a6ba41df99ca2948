// Promises of long messages: short ones whole, long ones cut between words, and never through a character.
import { expect, test } from 'vitest';
import { beginningOf, CHARACTERS_MAX, LINES_MAX } from './shown-text';

test('a text that fits, or nearly, is whole', () => {
  expect(beginningOf('hello')).toBeNull();
  expect(beginningOf('a '.repeat(CHARACTERS_MAX / 2 + 50))).toBeNull();
  expect(beginningOf(Array.from({ length: LINES_MAX + 2 }, () => 'line').join('\n'))).toBeNull();
});

test('many words are cut after one of them', () => {
  const shown = beginningOf('word '.repeat(5_000));
  expect(shown).toMatch(/^(word )+word$/);
  expect(shown?.length).toBeLessThanOrEqual(CHARACTERS_MAX);
});

test('many lines are cut at the end of one', () => {
  const shown = beginningOf(Array.from({ length: 500 }, (_, at) => `line ${at}`).join('\n'));
  expect(shown?.split('\n')).toHaveLength(LINES_MAX);
});

test('a pair of surrogates stays together, wherever the cut would fall', () => {
  for (const head of ['', 'x']) {
    const shown = beginningOf(head + '🎉'.repeat(75_000)) ?? '';
    expect(shown).not.toMatch(/\p{Surrogate}/u);
  }
});
