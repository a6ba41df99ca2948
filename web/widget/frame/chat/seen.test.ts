// What telling "seen" promises: the newest, once, one call at a time.
import { expect, it } from 'vitest';
import { SeenTeller, type OnScreen } from './seen';

function teller(unread: number | null) {
  const screen = { last: unread };
  const calls: { last: number; answer: (known: boolean) => void }[] = [];
  const told: number[] = [];
  const seen = new SeenTeller(
    (): OnScreen | null =>
      screen.last === null ? null : { conversationId: 'c', last: screen.last },
    ({ last }) => new Promise((answer) => calls.push({ last, answer })),
    ({ last }) => {
      told.push(last);
      if (screen.last === last) screen.last = null;
    },
  );
  return { seen, screen, calls, told };
}

it('tells nothing when nothing is unread or visible', async () => {
  const { seen, calls } = teller(null);
  await seen.look();
  expect(calls).toEqual([]);
});

it('tells once, however often it looks', async () => {
  const { seen, calls, told } = teller(3);
  const looking = seen.look();
  await seen.look();
  calls[0]?.answer(true);
  await looking;
  expect([calls.length, told]).toEqual([1, [3]]);
});

it('tells again when something newer came meanwhile', async () => {
  const { seen, screen, calls, told } = teller(3);
  const looking = seen.look();
  screen.last = 4;
  calls[0]?.answer(true);
  await Promise.resolve();
  await Promise.resolve();
  calls[1]?.answer(true);
  await looking;
  expect([calls.map((call) => call.last), told]).toEqual([
    [3, 4],
    [3, 4],
  ]);
});

it('counts nothing as read that the server did not hear', async () => {
  const { seen, calls, told } = teller(3);
  const looking = seen.look();
  calls[0]?.answer(false);
  await looking;
  expect(told).toEqual([]);
  void seen.look();
  expect(calls).toHaveLength(2);
});
