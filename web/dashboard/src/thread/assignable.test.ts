// Promises of the order in which owners are offered: oneself, those who can answer, and last who cannot have it.
import { expect, test } from 'vitest';
import { agent } from '../state/builders';
import { assignable } from './assignable';

test('oneself first, then who is there, then who is not, at last who has no access', () => {
  const away = { ...agent(1), availability_status: 'offline' };
  const apart = agent(3);
  const invited = { ...agent(5), confirmed: false };
  const offered = assignable([away, agent(2), apart, agent(4), invited], 4, (it) => it.id !== 3);
  expect(offered.map((it) => it.id)).toEqual([4, 2, 1, 3]);
});
