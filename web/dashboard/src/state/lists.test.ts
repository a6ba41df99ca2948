// @vitest-environment jsdom
// Promises of the lists: every conversation is reached by scrolling, though lists move under the reader; failures can be repeated.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NetworkError, type Conversations, type ListQuery } from '../../../api/client';
import type { Conversation } from '../../../api/types';
import { conversation, live, ME } from './builders';
import { InboxHolder } from './holder.svelte';
import { apply } from './inbox';
import { Lists } from './lists.svelte';
import { belongs } from './views';

let all: Conversation[];
let asked: ListQuery[];
let isDown: boolean;
let holder: InboxHolder;
let lists: Lists;

/** Answers as the server does: newest activity first, 25 a page. */
async function list(query: ListQuery) {
  asked.push(query);
  if (isDown) throw new NetworkError('no answer');
  const open = all.filter((one) => one.status === query.status);
  const rows = open
    .filter((one) => query.assignee !== 'me' || belongs('mine', one, ME))
    .sort((a, b) => b.last_activity_at - a.last_activity_at || b.id - a.id);
  const payload = rows.slice((query.page - 1) * 25, query.page * 25);
  const meta = {
    mine_count: 0,
    assigned_count: 0,
    unassigned_count: open.length,
    all_count: open.length,
  };
  return { data: { meta, payload } };
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  all = Array.from({ length: 60 }, (_, n) =>
    conversation({ id: n + 1, last_activity_at: 1000 + n }),
  );
  asked = [];
  isDown = false;
  holder = new InboxHolder(ME);
  lists = new Lists(holder, { list } as unknown as Conversations);
});

afterEach(() => {
  lists.close();
  vi.useRealTimers();
});

const ids = () => lists.rows('open').map((row) => row.id);

test('three pages of sixty, newest first, then done', async () => {
  await lists.open('open');
  expect(ids()).toEqual(Array.from({ length: 25 }, (_, n) => 60 - n));
  await lists.more('open');
  expect(ids()).toHaveLength(50);
  await lists.more('open');
  expect(ids()).toHaveLength(60);
  expect(lists.of('open').more).toBe('done');
});

test('nobody is skipped when rows leave the list between two pages', async () => {
  await lists.open('open');
  for (const id of [60, 59, 58]) {
    const resolved = conversation({ id, status: 'resolved', last_activity_at: 999 + id });
    all = all.map((one) => (one.id === id ? resolved : one));
    holder.change((inbox) =>
      apply(inbox, { kind: 'conversation_updated', at: 0, conversation: live(resolved) }),
    );
  }
  for (let page = 0; page < 6 && lists.of('open').more !== 'done'; page++) await lists.more('open');
  expect(ids()).toEqual(Array.from({ length: 57 }, (_, n) => 57 - n));
});

test('a conversation known for another reason does not stand where others are not loaded yet', async () => {
  holder.change((inbox) =>
    apply(inbox, {
      kind: 'conversation_created',
      at: 0,
      conversation: live(conversation({ id: 1 })),
    }),
  );
  await lists.open('open');
  expect(ids()).not.toContain(1);
});

test('a list that could not be loaded says so, and loads when it is opened again', async () => {
  isDown = true;
  await lists.open('open');
  expect(lists.of('open').first).toBe('failed');
  isDown = false;
  await lists.open('open');
  expect(lists.of('open').first).toBe('ready');
});

test('opening a list that is loaded asks nothing', async () => {
  await lists.open('open');
  await lists.open('open');
  expect(asked).toHaveLength(1);
});

test('counts that cannot be known are fetched, once for many events', async () => {
  await lists.open('open');
  const before = asked.length;
  for (let id = 100; id < 150; id++) {
    const { revision } = holder.inbox;
    all.push(conversation({ id, last_activity_at: 2000 }));
    const created = live(conversation({ id, last_activity_at: 2000 }));
    holder.change((inbox) =>
      apply(inbox, { kind: 'conversation_created', at: 0, conversation: created }),
    );
    lists.watchCounts(revision);
  }
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked.length - before).toBe(1);
  expect(holder.inbox.counts?.all_count).toBe(110);
});
