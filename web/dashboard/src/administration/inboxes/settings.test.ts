// Promises of editing an inbox: only what differs is sent, and the colour's note tells the truth.
import { expect, test } from 'vitest';
import type { Inbox } from '../../../../api/inboxes';
import { changes, domainOf, inkOn, isColor } from './settings';

const stored = { name: 'Halden', show_team: true, allowed_domains: ['shop.example'] } as Inbox;

test('only what differs from what is stored is a change', () => {
  expect(changes(stored, {})).toEqual({});
  expect(
    changes(stored, { name: 'Halden', show_team: true, allowed_domains: ['shop.example'] }),
  ).toEqual({});
  expect(changes(stored, { name: 'Lunde', allowed_domains: [] })).toEqual({
    name: 'Lunde',
    allowed_domains: [],
  });
});

test.each([
  ['#28483b', '#fff'],
  ['#2F5FDD', '#fff'],
  ['#ffd54a', '#000'],
  ['#ffffff', '#000'],
])('on %s the ink is %s, as the server chooses it', (color, ink) => {
  expect(inkOn(color).ink).toBe(ink);
  expect(inkOn(color).ratio).toBeGreaterThan(4.5);
});

test('a colour has six digits', () => {
  expect([isColor('#2f5fdd'), isColor('#fff'), isColor('red'), isColor('#2f5fdg')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test.each([
  ['shop.example', 'shop.example'],
  [' HTTPS://Shop.Example/cart ', 'shop.example'],
  ['*.shop.example', '*.shop.example'],
  ['localhost:3000', 'localhost:3000'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['*', null],
  ['a b', null],
  ['', null],
])('%s is the domain %s', (text, domain) => {
  expect(domainOf(text)).toBe(domain);
});
