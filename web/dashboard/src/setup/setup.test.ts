// Promises of the setup page's pure parts: what a password is worth, why a step failed, when the widget was seen.
import { expect, test } from 'vitest';
import { ApiError, NetworkError } from '../../../api/client';
import { FieldError } from './calls';
import { problemOf, secondsLeft } from './problem';
import { agoOf, hostOf } from './seen';
import { strengthOf } from './strength';
import { words } from './words';

test('a password is worth its length, in characters that people see', () => {
  const bars = ['', 'short', 'eight ch', 'twelve chars', 'four words and more'].map(
    (one) => strengthOf(one).bars,
  );
  expect(bars).toEqual([0, 1, 2, 3, 4]);
  expect(strengthOf('🔑🔑🔑🔑').bars).toBe(1);
});

test('a refused field, a finished set-up and a silent server are told apart', () => {
  expect(problemOf(new FieldError('email', 'Email is invalid'), 0)).toMatchObject({
    kind: 'field',
    field: 'email',
    text: words.account.invalid['email'],
  });
  expect(problemOf(new FieldError('code', 'Code is wrong'), 0).text).toBe(words.code.wrong);
  expect(problemOf(new ApiError(409, '', null), 0).kind).toBe('done');
  expect(problemOf(new NetworkError('no answer'), 0).kind).toBe('unreachable');
  expect(problemOf(new ApiError(500, '', null), 0).kind).toBe('broken');
  expect(() => problemOf(new TypeError('a mistake of ours'), 0)).toThrow(TypeError);
});

test('whoever guesses waits for as long as the server says', () => {
  const problem = problemOf(new ApiError(429, '', 12), 5_000);
  expect([5_000, 16_500, 17_000].map((now) => secondsLeft(problem, now))).toEqual([12, 1, 0]);
  expect(words.problem.throttled(1)).toContain('1 second.');
});

test('the widget was seen a moment, seconds, minutes ago', () => {
  const ago = [-3, 0, 7, 59, 61, 3_599, 10_000].map((seconds) => agoOf(1_000, 1_000 + seconds));
  expect(ago).toEqual([
    'just now',
    'just now',
    '7 s ago',
    '59 s ago',
    '1 min ago',
    '59 min ago',
    'some time ago',
  ]);
  expect([hostOf('https://shop.example/x'), hostOf('')]).toEqual(['shop.example', '']);
});
