// Promises of the marks: they follow from counts by counting back, and never go backwards.
import { expect, test } from 'vitest';
import { ME, message } from '../state/builders';
import { marksOf } from './marks';

const own = { message_type: 1, sender_type: 'User' as const, sender_id: ME };
const messages = [
  message({ id: 1, ...own }),
  message({ id: 2 }),
  message({ id: 3, ...own, sender_id: 2 }),
  message({ id: 4, ...own, private: true }),
  message({ id: 5, ...own }),
];
const marks = (...given: Parameters<typeof marksOf>) => Object.fromEntries(marksOf(...given));

test('the newest public message of the team is number outgoing_count, whoever of them wrote', () => {
  expect(marks(messages, { outgoing: 9, delivered: 8, seen: 7 })).toEqual({
    1: 'seen',
    3: 'delivered',
    5: 'sent',
  });
});

test('notes, contacts and what happened have no mark', () => {
  expect(Object.keys(marks(messages, { outgoing: 3, delivered: 3, seen: 3 }))).toEqual([
    '1',
    '3',
    '5',
  ]);
});

test('without counts, the messages speak for themselves', () => {
  const told = messages.map((one) => (one.id === 3 ? { ...one, status: 'read' } : one));
  expect(marks(told, null)).toEqual({ 1: 'sent', 3: 'seen', 5: 'sent' });
});

test('a mark that was told is not taken back by older counts', () => {
  const told = messages.map((one) => ({ ...one, status: 'delivered' }));
  expect(marks(told, { outgoing: 3, delivered: 0, seen: 1 })).toEqual({
    1: 'seen',
    3: 'delivered',
    5: 'delivered',
  });
});
