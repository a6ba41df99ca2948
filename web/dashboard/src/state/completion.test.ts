// @vitest-environment jsdom
// Promises of completing: everything is known in the end, and few requests are made however many events come.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ListQuery } from '../../../api/client';
import type { Conversation } from '../../../api/types';
import { conversation, live, ME } from './builders';
import { Completion } from './completion';
import { InboxHolder } from './holder.svelte';
import { apply } from './inbox';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** As many conversations as asked for; the last one is the newest. Each has one message that nobody has read. */
function desk(n: number) {
  const all = Array.from({ length: n }, (_, index) => {
    const id = index + 1;
    return conversation({ id, last_activity_at: 1_000 + id, incoming_count: 1, read_count: 0 });
  });
  const holder = new InboxHolder(ME);
  const requests: string[] = [];
  let isDown = false;
  const answer = <T>(asked: string, give: () => T): Promise<T> => {
    requests.push(asked);
    return isDown ? Promise.reject(new Error('away')) : Promise.resolve(give());
  };
  const api = {
    read: (id: number) => answer(`read ${id}`, () => all[id - 1] as Conversation),
    list: ({ after }: ListQuery) =>
      answer(`list ${after?.id ?? ''}`, () => {
        const older = [...all].reverse().filter(({ id }) => !after || id < after.id);
        const meta = { mine_count: 0, unassigned_count: 0, assigned_count: 0, all_count: n };
        return { data: { meta, payload: older.slice(0, 25) } };
      }),
  };
  const completion = new Completion(holder, api);
  const hear = (id: number) => {
    const told = live(all[id - 1] as Conversation);
    holder.change((inbox) =>
      apply(inbox, { kind: 'conversation_updated', at: 0, conversation: told }),
    );
    completion.want(id);
  };
  const unknown = () =>
    [...holder.inbox.conversations.values()].filter((one) => one.read_count === null).length;
  return { hear, unknown, requests, completion, down: (is: boolean) => (isDown = is) };
}

test('one that is told of twice is fetched once', async () => {
  const { hear, unknown, requests } = desk(50);
  hear(7);
  hear(7);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(requests).toEqual(['read 7']);
  expect(unknown()).toBe(0);
});

test('a hundred that were written to just now are four pages', async () => {
  const { hear, unknown, requests } = desk(5_000);
  for (let id = 4_901; id <= 5_000; id += 1) hear(id);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(requests).toHaveLength(4);
  expect(requests.every((one) => one.startsWith('list'))).toBe(true);
  expect(unknown()).toBe(0);
});

test('thousands of old ones that change cost a few requests in a second, and the newest of them are known in the end', async () => {
  const { hear, unknown, requests } = desk(5_000);
  for (let id = 1; id <= 3_000; id += 1) hear(id);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(requests.length).toBeLessThanOrEqual(45);
  await vi.advanceTimersByTimeAsync(300_000);
  expect(unknown()).toBe(2_800);
  const before = requests.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(requests).toHaveLength(before);
});

test('while the server is away nothing is asked again and again; the next event asks', async () => {
  const { hear, unknown, requests, down } = desk(50);
  down(true);
  for (let id = 1; id <= 10; id += 1) hear(id);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(requests).toHaveLength(1);
  down(false);
  hear(50);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(unknown()).toBe(10);
});

test('after the end nothing is asked', async () => {
  const { hear, requests, completion } = desk(50);
  hear(1);
  completion.close();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(requests).toEqual([]);
});
