// Which language a visitor is spoken to in.
import { expect, test } from 'vitest';
import { chooseLanguage, loadWords } from './language';
import { english } from './words';

test.each([
  [['de-AT', 'en'], 'de'],
  [['', 'fr'], 'fr'],
  [['ja', 'nl', 'es-MX'], 'es'],
  [['en-GB', 'de'], 'en'],
  [['ja'], 'en'],
  [['constructor', 'toString'], 'en'],
  [[], 'en'],
])('%j is spoken to in %s', (wanted, language) => expect(chooseLanguage(wanted)).toBe(language));

test.each(['ar', 'de', 'es', 'fr'])('%s says all that English says', async (language) => {
  const words = await loadWords(language);
  expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort());
  expect(words.lang).toBe(language);
  for (const [key, word] of Object.entries(words)) expect(word, key).not.toBe('');
});

test('an unknown language is English', async () => {
  expect(await loadWords('en')).toBe(english);
  expect(await loadWords('constructor')).toBe(english);
});
