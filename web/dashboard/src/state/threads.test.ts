// @vitest-environment jsdom
// Promises of opened conversations: those left long ago are let go of and fetched again, and a changed message is changed
// wherever it is shown.
import { expect, test } from 'vitest';
import type { Conversations } from '../../../api/client';
import { conversation, ME, message } from './builders';
import { InboxHolder } from './holder.svelte';
import { Threads, THREADS_MAX } from './threads.svelte';

function make() {
  const asked: number[] = [];
  const api = {
    read: async (id: number) => conversation({ id }),
    messages: async (id: number) => {
      asked.push(id);
      return { meta: {}, payload: [message({ id: id * 10, conversation_id: id, content: 'Hi' })] };
    },
  } as unknown as Conversations;
  const holder = new InboxHolder(ME);
  return { asked, holder, threads: new Threads(holder, api) };
}

test('the messages of conversations that were left long ago are forgotten', async () => {
  const { asked, holder, threads } = make();
  for (let id = 1; id <= THREADS_MAX; id++) await threads.open(id);
  await threads.open(1);
  await threads.open(THREADS_MAX + 1);
  expect(holder.inbox.threads.size).toBe(THREADS_MAX);
  expect([holder.inbox.threads.has(1), holder.inbox.threads.has(2)]).toEqual([true, false]);
  expect(threads.of(2).opening).toBe('loading');
  asked.length = 0;
  await threads.open(2);
  await threads.open(1);
  expect(asked).toEqual([2]);
  expect(threads.shown(2)).toHaveLength(1);
});

test('a message that changed is changed where it is shown', async () => {
  const { threads } = make();
  await threads.open(1);
  threads.replace(message({ id: 10, conversation_id: 1, content: 'Hello' }));
  threads.replace(message({ id: 99, conversation_id: 1, content: 'Not loaded' }));
  expect(threads.shown(1).map((one) => one.content)).toEqual(['Hello']);
});

test('older messages that come after one jumped elsewhere make no gap there', async () => {
  const { holder, api } = scroll(180);
  const threads = new Threads(holder, api);
  await threads.open(1);
  const older = threads.loadOlder(1, () => undefined);
  await threads.jump(1, 12);
  api.release();
  await older;
  expect(threads.isApart(1)).toBe(true);
  expect(threads.shown(1).map((one) => one.position)).toEqual(upTo(111));
  await threads.loadNewer(1);
  expect(threads.shown(1).map((one) => one.position)).toEqual(upTo(180));
});

/** The numbers from 1. */
function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, n) => n + 1);
}

/** A conversation whose ids are its positions; pages before one of the newest 20 wait until they are released. */
function scroll(count: number) {
  const all = upTo(count).map((id) => message({ id, conversation_id: 1, position: id }));
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const api = {
    read: async (id: number) => conversation({ id }),
    messages: async (_: number, before: number | null) => {
      if (before === count - 19) await released;
      const end = before === null ? count : before - 1;
      return { meta: {}, payload: all.slice(Math.max(0, end - 20), end) };
    },
    messagesAfter: async (_: number, after: number) => ({
      meta: {},
      payload: all.slice(after, after + 100),
    }),
    release: () => release(),
  } as unknown as Conversations & { release: () => void };
  return { holder: new InboxHolder(ME), api };
}
