// Promises of a failed log-in: it says which of the three it was, and counts down when the server asks for patience.
import { expect, test } from 'vitest';
import { ApiError, NetworkError } from '../../../api/client';
import { words } from '../words';
import { problemOf, secondsLeft } from './problem';

test('a wrong password, a silent server and a broken one are told apart', () => {
  expect(problemOf(new ApiError(401, 'no', null), 0)).toMatchObject({
    kind: 'wrong',
    field: 'password',
  });
  expect(problemOf(new NetworkError('no answer'), 0)).toMatchObject({ kind: 'unreachable' });
  expect(problemOf(new ApiError(500, '', null), 0)).toMatchObject({ kind: 'broken' });
});

test('too many tries wait for as long as the server says', () => {
  const problem = problemOf(new ApiError(429, '', 12), 5_000);
  expect(secondsLeft(problem, 5_000)).toBe(12);
  expect(secondsLeft(problem, 16_500)).toBe(1);
  expect(secondsLeft(problem, 17_000)).toBe(0);
  expect(words.login.throttled(1)).toContain('1 second.');
});

test('a mistake of ours is not blamed on the password', () => {
  expect(() => problemOf(new TypeError('x is not a function'), 0)).toThrow(TypeError);
});
