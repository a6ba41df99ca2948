// What repeating a fetch promises. Time is virtual.
import { expect, it } from 'vitest';
import { Page, World } from '../../../realtime/simulation/world';
import { Loader, type Tried } from './loader';

function loader(answers: Tried[]) {
  const world = new World(1);
  const page = new Page(world);
  const finish: (() => void)[] = [];
  const attempt = () =>
    new Promise<Tried>((resolve) => finish.push(() => resolve(answers.shift() ?? 'done')));
  const environment = page.environment(() => {
    throw new Error('a loader opens no socket');
  });
  const it = new Loader(attempt, environment);
  const end = async () => {
    finish.at(-1)?.();
    await world.runUntil(world.nowMs);
  };
  return {
    it,
    page,
    end,
    tries: () => finish.length,
    pass: (ms: number) => world.runUntil(world.nowMs + ms),
  };
}

it('tries again after a failure until it succeeds', async () => {
  const { it, end, tries, pass } = loader(['again', 'again', 'done']);
  it.load();
  for (let failures = 0; failures < 2; failures += 1) {
    await end();
    await pass(1_000);
  }
  await end();
  await pass(60_000);
  expect(tries()).toBe(3);
});

it('does not wait when the network returns', async () => {
  const { it, page, end, tries } = loader(['again', 'again', 'again', 'again', 'done']);
  it.load();
  for (let failures = 0; failures < 4; failures += 1) {
    await end();
    page.wake();
  }
  expect(tries()).toBe(5);
});

it('gives up when told that it is useless', async () => {
  const { it, page, end, tries, pass } = loader(['stop']);
  it.load();
  await end();
  page.wake();
  await pass(60_000);
  expect(tries()).toBe(1);
});

it('runs one at a time, and once more for whoever asked meanwhile', async () => {
  const { it, end, tries, pass } = loader([]);
  it.load();
  it.load();
  it.load();
  expect(tries()).toBe(1);
  await end();
  expect(tries()).toBe(2);
  await end();
  await pass(60_000);
  expect(tries()).toBe(2);
});
