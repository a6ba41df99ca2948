// @vitest-environment jsdom
// Promises of doing something with many: each once, no more at a time than allowed, failures named; ranges select what is seen.
import { expect, test } from 'vitest';
import type { Place } from '../state/rows';
import { forEach } from './bulk';
import { Selection, SELECTED_MAX } from './selection.svelte';

test('each item is done once, a few at a time, and failures stop nobody', async () => {
  const items = Array.from({ length: 40 }, (_, n) => n);
  let [running, most] = [0, 0];
  const told: number[] = [];
  const { done, failed } = await forEach(
    items,
    4,
    async (item) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      if (item % 10 === 3) throw new Error('refused');
    },
    (n) => told.push(n),
  );
  expect(failed).toEqual([3, 13, 23, 33]);
  expect([...done, ...failed].sort((a, b) => a - b)).toEqual(items);
  expect(most).toBe(4);
  expect(told).toEqual(items.map((n) => n + 1));
});

const rows: Place[] = Array.from({ length: 2_000 }, (_, id) => ({ id, rank: id, tie: id }));
const indexOf = (id: number) => (id < rows.length ? id : -1);

test('a range goes from the row toggled last to the other, in both directions', () => {
  const selection = new Selection();
  selection.toggle(5);
  selection.reach(rows, 8, indexOf);
  expect([...selection.ids]).toEqual([5, 6, 7, 8]);
  selection.reach(rows, 3, indexOf);
  expect([...selection.ids].sort()).toEqual([3, 4, 5, 6, 7, 8]);
  selection.toggle(6);
  expect(selection.has(6)).toBe(false);
  selection.clear();
  selection.reach(rows, 9, indexOf);
  expect([...selection.ids]).toEqual([9]);
  selection.reach(rows, 99_999, indexOf);
  expect([...selection.ids]).toEqual([9]);
});

test('no more are selected than can be done at once', () => {
  const selection = new Selection();
  selection.toggle(0);
  selection.reach(rows, 1_999, indexOf);
  expect(selection.size).toBe(SELECTED_MAX);
});
