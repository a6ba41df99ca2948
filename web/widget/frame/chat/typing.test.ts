// Typing marks come and go by themselves, and are said sparingly.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TYPING_EVERY_MS, TYPING_EXPIRES_MS, type Typing } from '../../../realtime/wire';
import { OwnTyping, Typists } from './typing';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const typing = (name: string, on = true): Typing => ({
  type: 'typing',
  conversation_id: 'c',
  who: { type: 'agent', name },
  on,
});

it('forgets a typist who stops, whose message came, or who is not heard of again', () => {
  let names: string[] = [];
  const typists = new Typists((now) => (names = now));
  typists.hear(typing('Priya'));
  typists.hear(typing('Tomás'));
  typists.hear(typing('Maya'));
  typists.hear(typing('Priya', false));
  typists.stop('Tomás');
  expect(names).toEqual(['Maya']);
  vi.advanceTimersByTime(TYPING_EXPIRES_MS - 1);
  expect(names).toEqual(['Maya']);
  vi.advanceTimersByTime(1);
  expect(names).toEqual([]);
});

it('lasts as long as it is renewed', () => {
  let names: string[] = [];
  const typists = new Typists((now) => (names = now));
  for (let n = 0; n < 4; n += 1) {
    typists.hear(typing('Priya'));
    vi.advanceTimersByTime(TYPING_EXPIRES_MS - 1000);
  }
  expect(names).toEqual(['Priya']);
});

it('is said at most every few seconds, and ended once', () => {
  const said: boolean[] = [];
  const own = new OwnTyping((on) => said.push(on));
  for (const text of ['h', 'he', 'hel']) own.typed(text);
  vi.advanceTimersByTime(TYPING_EVERY_MS);
  own.typed('hell');
  own.typed('');
  own.stop();
  expect(said).toEqual([true, true, false]);
});
