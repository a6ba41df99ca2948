// @vitest-environment jsdom
// Promises of the lists: every conversation is reached by scrolling, though lists move under the reader; failures can be repeated.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NetworkError, type Conversations, type ListQuery } from '../../../api/client';
import type { Conversation } from '../../../api/types';
import { contact, conversation, live, ME } from './builders';
import { InboxHolder } from './holder.svelte';
import { KEPT_MAX } from './memory';
import { apply, withChange, withRead } from './inbox';
import { Lists } from './lists.svelte';
import { belongs, PLAIN, unreadOf, type Asked } from './views';

let all: Conversation[];
let asked: ListQuery[];
let isDown: boolean;
let holder: InboxHolder;
let lists: Lists;

/** Seconds by which the server sorts: those of the last activity, or since when one waits. */
function secondsOf(
  { sort }: ListQuery,
  { waiting_since: since, last_activity_at: at }: Conversation,
) {
  if (sort !== 'waiting') return at;
  return since > 0 ? since : -at;
}

/** Answers as the server does: in the order that is asked for, 25 after the row that is named. */
async function list(query: ListQuery) {
  asked.push(query);
  if (isDown) throw new NetworkError('no answer');
  const open = all.filter((one) => one.status === query.status);
  const rows = open
    .filter((one) => query.assignee !== 'me' || belongs('mine', one, ME))
    .filter((one) => !query.unread || unreadOf(one) > 0)
    .sort((a, b) => compare(query, a, b));
  const { after } = query;
  const from = after ? rows.findIndex(follows(query, after)) : 0;
  const payload = from < 0 ? [] : rows.slice(from, from + 25);
  const meta = {
    mine_count: 0,
    assigned_count: 0,
    unassigned_count: open.length,
    all_count: open.length,
  };
  return { data: { meta, payload } };
}

function compare(query: ListQuery, a: Conversation, b: Conversation): number {
  const [left, right] = [secondsOf(query, a), secondsOf(query, b)];
  if (query.sort === 'newest') return right - left || b.id - a.id;
  // Below zero is whoever waits for nothing: after all others.
  return Number(left < 0) - Number(right < 0) || left - right || a.id - b.id;
}

/** Whether a row follows the one that is named, wherever that one stands by now. */
function follows(query: ListQuery, after: { seconds: number; id: number }) {
  const known = all.find(({ id }) => id === after.id);
  const isUnmoved = known && secondsOf(query, known) === after.seconds;
  return (one: Conversation) =>
    isUnmoved ? compare(query, one, known) > 0 : secondsOf(query, one) < after.seconds;
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

const OPEN: Asked = { view: 'open', ...PLAIN };
const ids = () => lists.of(OPEN).rows.map((row) => row.id);

test('three pages of sixty, newest first, then done', async () => {
  await lists.open(OPEN);
  expect(ids()).toEqual(Array.from({ length: 25 }, (_, n) => 60 - n));
  await lists.more(OPEN);
  expect(ids()).toHaveLength(50);
  await lists.more(OPEN);
  expect(ids()).toHaveLength(60);
  expect(lists.of(OPEN).more).toBe('done');
});

test('nobody is skipped when rows leave the list between two pages', async () => {
  await lists.open(OPEN);
  for (const id of [60, 59, 58]) {
    const resolved = conversation({ id, status: 'resolved', last_activity_at: 999 + id });
    all = all.map((one) => (one.id === id ? resolved : one));
    holder.change((inbox) =>
      apply(inbox, { kind: 'conversation_updated', at: 0, conversation: live(resolved) }),
    );
  }
  for (let page = 0; page < 6 && lists.of(OPEN).more !== 'done'; page++) await lists.more(OPEN);
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
  await lists.open(OPEN);
  expect(ids()).not.toContain(1);
});

test('a list that could not be loaded says so, and loads when it is opened again', async () => {
  isDown = true;
  await lists.open(OPEN);
  expect(lists.of(OPEN).first).toBe('failed');
  isDown = false;
  await lists.open(OPEN);
  expect(lists.of(OPEN).first).toBe('ready');
});

test('opening a list that is loaded asks nothing', async () => {
  await lists.open(OPEN);
  await lists.open(OPEN);
  expect(asked).toHaveLength(1);
});

test('counts that cannot be known are fetched, once for many events', async () => {
  await lists.open(OPEN);
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

test('whoever resolves the conversation on show does not lose it from the list until they leave it', async () => {
  await lists.open(OPEN);
  const list = lists.of(OPEN);
  list.keep(holder.inbox, 60);
  holder.change((inbox) => withChange(inbox, 60, { status: 'resolved' }));
  expect(ids()[0]).toBe(60);
  list.keep(holder.inbox, 59);
  expect(ids()).not.toContain(60);
});

test('what changes while a page is on its way is where it belongs when the page has come', async () => {
  await lists.open(OPEN);
  const coming = lists.more(OPEN);
  const moved = conversation({ id: 20, last_activity_at: 1030, updated_at: 1030 });
  holder.change((inbox) =>
    apply(inbox, { kind: 'conversation_updated', at: 0, conversation: live(moved) }),
  );
  await coming;
  expect(ids().indexOf(20)).toBe(ids().indexOf(31) + 1);
  expect(new Set(ids()).size).toBe(ids().length);
});

test('of very many rows all keep their places, few are remembered, and what is looked at comes back', async () => {
  const many = 4 * KEPT_MAX;
  const { meta } = conversation();
  all = Array.from({ length: many }, (_, n) =>
    conversation({ id: n, last_activity_at: n, meta: { ...meta, sender: contact({ id: n }) } }),
  );
  await lists.open(OPEN);
  while (lists.of(OPEN).more !== 'done') await lists.more(OPEN);
  expect(ids()).toEqual(Array.from({ length: many }, (_, n) => many - 1 - n));
  expect(holder.inbox.conversations.size).toBeLessThanOrEqual(1.25 * KEPT_MAX);

  const forgotten = ids().findIndex((id) => !holder.inbox.conversations.has(id));
  lists.look(lists.of(OPEN), forgotten, forgotten + 40);
  await vi.advanceTimersByTimeAsync(0);
  const looked = ids().slice(forgotten, forgotten + 40);
  expect(looked.every((id) => holder.inbox.conversations.has(id))).toBe(true);
  // An event about one that is forgotten moves its row all the same.
  const gone = ids().find((id) => !holder.inbox.conversations.has(id));
  holder.change((inbox) =>
    apply(inbox, {
      kind: 'conversation_updated',
      at: 0,
      conversation: live(conversation({ id: gone ?? -1, last_activity_at: many })),
    }),
  );
  expect(ids()[0]).toBe(gone);
  expect(ids()).toHaveLength(many);
});

test('scrolling back fetches each forgotten page once, before its rows are on the screen', async () => {
  const { meta } = conversation();
  all = Array.from({ length: 2 * KEPT_MAX }, (_, n) =>
    conversation({ id: n, last_activity_at: n, meta: { ...meta, sender: contact({ id: n }) } }),
  );
  await lists.open(OPEN);
  while (lists.of(OPEN).more !== 'done') await lists.more(OPEN);
  const list = lists.of(OPEN);
  const isKnown = ({ id }: { id: number }) => holder.inbox.conversations.has(id);
  const forgotten = list.rows.filter((row) => !isKnown(row)).length;
  asked = [];
  for (let from = list.rows.length - 15; from >= 0; from -= 3) {
    expect(list.rows.slice(from, from + 15).every(isKnown)).toBe(true);
    lists.look(list, from, from + 14);
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(forgotten).toBeGreaterThan(KEPT_MAX / 2);
  expect(asked.length).toBeLessThanOrEqual(Math.ceil(forgotten / 25) + 1);
});

test('unread ones are found however far back, and leave when they are read, but for the one on show', async () => {
  all = Array.from({ length: 1_000 }, (_, n) =>
    conversation({ id: n + 1, last_activity_at: n, incoming_count: n % 500 === 0 ? 1 : 0 }),
  );
  const unread: Asked = { ...OPEN, unread: true };
  await lists.open(unread);
  const list = lists.of(unread);
  const shown = () => list.rows.map(({ id }) => id);
  expect([shown(), list.more, asked.length]).toEqual([[501, 1], 'done', 1]);
  list.keep(holder.inbox, 501);
  for (const id of [501, 1]) holder.change((inbox) => withRead(inbox, id, 1));
  expect(shown()).toEqual([501]);
  list.keep(holder.inbox, null);
  expect(shown()).toEqual([]);
});

test('longest waiting first: all are reached, and an answer takes one to those that wait for nothing', async () => {
  all = Array.from({ length: 60 }, (_, n) =>
    conversation({ id: n + 1, last_activity_at: 1000 + n, waiting_since: n % 2 ? 500 + n : 0 }),
  );
  const waiting: Asked = { ...OPEN, sort: 'waiting' };
  await lists.open(waiting);
  const list = lists.of(waiting);
  const shown = () => list.rows.map(({ id }) => id);
  while (list.more !== 'done') await lists.more(waiting);
  const [wait, rest] = [[], []] as [number[], number[]];
  for (let n = 0; n < 60; n += 2) [wait.push(n + 2), rest.unshift(n + 1)];
  expect(shown()).toEqual([...wait, ...rest]);
  const answered = conversation({ id: 2, last_activity_at: 2000, updated_at: 2000 });
  const event = { kind: 'conversation_updated', at: 0, conversation: live(answered) } as const;
  holder.change((inbox) => apply(inbox, event));
  expect(shown()).toEqual([...wait.slice(1), 2, ...rest]);
});
