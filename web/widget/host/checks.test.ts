// What a website may say to Frontdesk, and how it learns of mistakes.
import { expect, test } from 'vitest';
import type { FrontdeskPerson } from '../host-api';
import { checkPerson, checkTag, checkTheme } from './checks';

test('a person is passed on as plain data, without what is empty or unknown', () => {
  const given = { name: 'Anna', email: '', admin: true, attributes: { plan: 'gold', since: null } };
  expect(checkPerson(given)).toEqual({ name: 'Anna', attributes: { plan: 'gold', since: null } });
});

test.each([
  [null, /object/],
  ['Anna', /object/],
  [{ name: 7 }, /name/],
  [{ name: 'x'.repeat(1_001) }, /name/],
  [{ identifierHash: 'abc' }, /identifierHash/],
  [{ attributes: [] }, /attributes/],
  [{ attributes: { a: {} } }, /attribute a /],
  [{ attributes: { a: undefined } }, /attribute a /],
  [{ attributes: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [at, at])) }, /50/],
])('%j is refused', (given, why) => {
  expect(() => checkPerson(given as FrontdeskPerson)).toThrow(why);
});

test('locales and themes', () => {
  expect(checkTag('pt-BR')).toBe('pt-BR');
  expect(() => checkTag('../x')).toThrow(TypeError);
  expect(checkTheme('dark')).toBe('dark');
  expect(() => checkTheme('blue')).toThrow(TypeError);
});
