// What of a website's claim about its visitor goes to the server.
import { expect, test } from 'vitest';
import { identityBody } from './identity';

test('is put into the words of the server', () => {
  const attributes = { plan: 'gold', orders: 3, newsletter: false, referrer: null };
  const person = { identifier: 'u1', identifierHash: 'ab', name: 'Anna', email: 'a@b.example' };
  expect(identityBody({ ...person, phone: '+47 1', attributes })).toEqual({
    identifier: 'u1',
    identifier_hash: 'ab',
    name: 'Anna',
    email: 'a@b.example',
    phone_number: '+47 1',
    custom_attributes: attributes,
  });
});

test.each([
  null,
  'Anna',
  7,
  [],
  { name: '' },
  { name: {} },
  { name: 'x'.repeat(1_001) },
  { attributes: 'x' },
  { attributes: { a: {}, b: [], c: undefined, '': 'x' } },
  { unknown: 'x' },
])('leaves out what is not meant: %j', (given) => expect(identityBody(given)).toEqual({}));

test('takes so many attributes and no more', () => {
  const attributes = Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`a${at}`, at]));
  const body = identityBody({ attributes }) as { custom_attributes: object };
  expect(Object.keys(body.custom_attributes)).toHaveLength(50);
});
