// Promises of where a visitor writes from: what is known is shown, and an address that runs a script is no link.
import { expect, test } from 'vitest';
import { factsOf } from './origin';

test('what is known, in words', () => {
  expect(
    factsOf({
      page_url: 'https://shop.example/jugs/',
      browser: 'Firefox',
      platform: 'macOS',
      language: 'fr',
    }),
  ).toEqual([
    { term: 'Page', text: 'shop.example/jugs', href: 'https://shop.example/jugs/' },
    { term: 'Browser', text: 'Firefox · macOS', href: null },
    { term: 'Language', text: 'French', href: null },
  ]);
});

test('a page is called by its title, and what is no web address is only text', () => {
  expect(factsOf({ page_url: 'javascript:alert(1)', page_title: ' Jugs ' })).toEqual([
    { term: 'Page', text: 'Jugs', href: null },
  ]);
  expect(factsOf({ language: 'no tag at all' })[0]?.text).toBe('no tag at all');
  expect(factsOf({})).toEqual([]);
});
