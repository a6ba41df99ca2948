// Promises of finding among what is loaded: every word counts, beginnings first, accents and capitals do not matter.
import { expect, test } from 'vitest';
import { best, score } from './match';

test.each([
  ['Amélie Laurent', 'amelie', true],
  ['Amélie Laurent', 'LAU am', true],
  ['Amélie Laurent', 'aml', false],
  ['山田 花子', '花子', true],
  ['Go to Unassigned', 'unas', true],
  ['anything', '  ', true],
])('%s, %s: %s', (text, query, fits) => {
  expect(score(text, query) > 0).toBe(fits);
});

test('a text that begins with the query comes first, then one with a word that does', () => {
  const texts = ['Reopened', 'Never open', 'Open', 'Closed', 'All open'];
  expect(best(texts, 'open', (text) => text, 3)).toEqual(['Open', 'Never open', 'All open']);
});
