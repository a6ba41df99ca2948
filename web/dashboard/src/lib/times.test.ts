// @vitest-environment jsdom
// Promises of times: ages as people say them, and days that begin at midnight where the reader is.
import { expect, test } from 'vitest';
import { dayName, isSameDay, shortAge } from './times';

const now = new Date(2026, 10, 21, 0, 30).getTime();
const minutes = (n: number) => now - n * 60_000;

test.each([
  [-5, 'now'],
  [0, 'now'],
  [1, '1m'],
  [59, '59m'],
  [60, '1h'],
  [23 * 60, '23h'],
])('%i minutes ago', (ago, said) => {
  expect(shortAge(minutes(ago), now)).toBe(said);
});

test('older than a day is a weekday, older than that a date, and another year is named', () => {
  expect(shortAge(new Date(2026, 10, 19, 12).getTime(), now)).toBe('Thu');
  expect(shortAge(new Date(2026, 9, 3).getTime(), now)).toMatch(/^(3 Oct|Oct 3)$/);
  expect(shortAge(new Date(2024, 9, 3).getTime(), now)).toMatch(/2024/);
});

test('half an hour ago may be yesterday', () => {
  expect(dayName(minutes(5), now)).toBe('Today');
  expect(dayName(minutes(31), now)).toBe('Yesterday');
  expect(isSameDay(minutes(31), now)).toBe(false);
});
