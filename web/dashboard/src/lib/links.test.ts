// Promises of links: web addresses become pressable, everything else stays text, and nothing is lost or added.
import { expect, test } from 'vitest';
import { piecesOf } from './links';

const linksIn = (text: string) =>
  piecesOf(text).flatMap(({ href }) => (href === null ? [] : [href]));

test.each([
  ['see https://a.example/x?y=1#z.', ['https://a.example/x?y=1#z']],
  ['(https://a.example/bell_(desk))', ['https://a.example/bell_(desk)']],
  ['HTTP://A.example and https://b.example, too', ['HTTP://A.example', 'https://b.example']],
  ['javascript:alert(1) data:text/html,x ftp://a.example', []],
  ['https:// alone', []],
  ['<a href="https://a.example/">', ['https://a.example/']],
  ['', []],
])('%s', (text, links) => {
  expect(linksIn(text)).toEqual(links);
  expect(
    piecesOf(text)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
});

test('an address without end stays text, so that no message can keep the page busy', () => {
  const text = `https://a.b/${'.'.repeat(150_000)}x`;
  expect(piecesOf(text)).toEqual([{ text, href: null }]);
});
