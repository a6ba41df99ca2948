// Promises of the inbox: events fold to what a fetch would give, in any mixture with fetches, and repeats change nothing.
import { describe, expect, test } from 'vitest';
import type { AccountEvent, Conversation } from '../../../api/types';
import { contact, conversation, live, ME, message, seeded } from './builders';
import {
  apply,
  emptyInbox,
  withChange,
  withCounts,
  withFetched,
  withMessages,
  withRead,
  type Inbox,
} from './inbox';
import { TinyServer } from './tiny-server';
import { belongs, unreadOf } from './views';

const counts = { mine_count: 0, assigned_count: 0, unassigned_count: 0, all_count: 0 };

describe('folding events gives what a fetch gives', () => {
  test.each(Array.from({ length: 60 }, (_, seed) => seed))('seed %i', (seed) => {
    const random = seeded(seed);
    const server = new TinyServer();
    let inbox: Inbox = withCounts(emptyInbox(ME), counts, 0);
    const slow: Conversation[] = [];
    let heard = 0;
    for (let turn = 0; turn < 120; turn++) {
      if (random() < 0.6) server.step(random);
      // The line lags, and sometimes tells again what it told before.
      if (heard > 0 && random() < 0.2) heard -= Math.floor(random() * Math.min(heard, 3));
      const next = server.log[heard];
      if (next && random() < 0.7) {
        inbox = apply(inbox, next);
        heard += 1;
      }
      // Fetches come in between, and know more than the line has told.
      const id = Math.ceil(random() * server.conversations.size);
      if (id > 0 && random() < 0.2) inbox = withFetched(inbox, server.fetch(id));
      // Or left the server long ago, and arrive when the line has told newer things.
      if (id > 0 && random() < 0.1) slow.push(server.fetch(id));
      if (slow.length > 0 && random() < 0.05) inbox = slow.splice(0).reduce(withFetched, inbox);
      if (id > 0 && random() < 0.1) {
        const own = server.messages.filter((one) => one.conversation_id === id);
        inbox = withMessages(inbox, id, own.slice(-20));
      }
    }
    for (const event of server.log.slice(heard)) inbox = apply(inbox, event);
    inbox = slow.reduce(withFetched, inbox);
    expect(Object.fromEntries(inbox.conversations)).toEqual(
      Object.fromEntries(server.conversations),
    );
    for (const [id, thread] of inbox.threads) {
      const all = server.messages.filter((one) => one.conversation_id === id);
      expect(thread).toEqual(all.slice(-thread.length));
    }
    for (const view of ['mine', 'unassigned'] as const) {
      const calls = [...inbox.conversations.values()].filter(
        (one) => belongs(view, one, ME) && unreadOf(one) > 0,
      );
      expect(inbox.unread[view]).toBe(calls.length);
    }
  });
});

describe('repeating an event changes nothing', () => {
  const before = withMessages(withFetched(emptyInbox(ME), conversation({ owner: ME })), 1, []);
  const later = conversation({ owner: 2, incoming_count: 1, messages: [message()] });
  const events: AccountEvent[] = [
    { kind: 'conversation_created', at: 0, conversation: live(later) },
    { kind: 'message_created', at: 0, conversation: live(later), message: message() },
    { kind: 'conversation_updated', at: 0, conversation: live(later) },
    { kind: 'conversation_read', at: 0, conversation_id: 1, read_count: 1 },
    { kind: 'contact_updated', at: 0, contact: contact({ name: 'Anna' }) },
  ];
  test.each(events)('$kind', (event) => {
    const once = apply(before, event);
    const twice = apply(once, event);
    expect(twice).toEqual(once);
    expect(once).not.toEqual(before);
  });
});

test('a label that is renamed or deleted changes wherever it is carried', () => {
  const label = { id: 1, title: 'gold', description: '', color: '#6e7781', show_on_sidebar: true };
  const inbox = withFetched(
    emptyInbox(ME),
    conversation({
      labels: ['bug', 'vip'],
      meta: { ...conversation().meta, sender: contact({ labels: ['vip'] }) },
    }),
  );
  const changed = { kind: 'labels_changed', at: 0 } as const;
  const renamed = apply(inbox, { ...changed, labels: [label], was: 'vip', becomes: 'gold' });
  expect(renamed.labels).toEqual([label]);
  expect(renamed.conversations.get(1)).toMatchObject({
    labels: ['bug', 'gold'],
    meta: { sender: { labels: ['gold'] } },
  });
  const deleted = apply(renamed, { ...changed, labels: [], was: 'gold', becomes: null });
  expect(deleted.conversations.get(1)?.labels).toEqual(['bug']);
  const made = apply(deleted, { ...changed, labels: [label], was: null, becomes: null });
  expect(made.conversations).toBe(deleted.conversations);
});

test('a contact who is merged or deleted takes their conversations along', () => {
  const inbox = withFetched(emptyInbox(ME), conversation({ incoming_count: 1 }));
  const ended = { kind: 'contact_deleted', at: 0, contact_id: 100 } as const;
  const ann = contact({ id: 7, name: 'Ann B.' });
  const merged = apply(inbox, { ...ended, merged_into: ann });
  expect(merged.conversations.get(1)?.meta.sender).toEqual(ann);
  const renamed = apply(merged, { kind: 'contact_updated', at: 0, contact: { ...ann, name: 'A' } });
  expect(renamed.conversations.get(1)?.meta.sender.name).toBe('A');
  const gone = apply(inbox, ended);
  expect(gone.conversations.has(1)).toBe(false);
  expect(gone).toMatchObject({ unread: { mine: 0, unassigned: 0 }, countsStale: true });
});

test('a deleted message is replaced where it is loaded, and nowhere else', () => {
  const inbox = withMessages(withFetched(emptyInbox(ME), conversation()), 1, [message()]);
  const gone = message({
    content: 'This message was deleted',
    content_attributes: { deleted: true },
  });
  const deleted = { kind: 'message_updated', at: 0, conversation: live(conversation()) } as const;
  const after = apply(inbox, { ...deleted, message: gone });
  expect(after.threads.get(1)).toEqual([gone]);
  expect(apply(inbox, { ...deleted, message: { ...gone, id: 9 } }).threads).toBe(inbox.threads);
});

test('only the wish to come back to it makes a conversation unread again', () => {
  const inbox = withFetched(emptyInbox(ME), conversation({ incoming_count: 3, read_count: 3 }));
  const unread = { kind: 'conversation_unread', at: 0, conversation_id: 1, read_count: 2 } as const;
  const after = apply(inbox, unread);
  expect(after.conversations.get(1)?.read_count).toBe(2);
  expect(apply(after, { ...unread, read_count: 3 })).toBe(after);
});

describe('counts', () => {
  const inbox = withCounts(
    withFetched(emptyInbox(ME), conversation()),
    { ...counts, unassigned_count: 1, all_count: 1 },
    0,
  );

  test('follow a conversation from unassigned to mine to resolved', () => {
    const owned = withChange(inbox, 1, conversation({ owner: ME }));
    expect(owned.counts).toEqual({
      mine_count: 1,
      assigned_count: 1,
      unassigned_count: 0,
      all_count: 1,
    });
    const resolved = withChange(owned, 1, { status: 'resolved' });
    expect(resolved.counts).toEqual(counts);
    expect(resolved.countsStale).toBe(false);
  });

  test('are stale, not wrong, after an event about a conversation that was never seen', () => {
    const other = live(conversation({ id: 9 }));
    const after = apply(inbox, { kind: 'conversation_updated', at: 0, conversation: other });
    expect(after.counts).toEqual(inbox.counts);
    expect(after.countsStale).toBe(true);
  });

  test('that were asked for before a change are stale when they arrive after it', () => {
    const changed = withChange(inbox, 1, { status: 'resolved' });
    expect(withCounts(changed, counts, inbox.revision).countsStale).toBe(true);
    expect(withCounts(changed, counts, changed.revision).countsStale).toBe(false);
  });
});

test('a slow answer does not undo what an event has told', () => {
  const newer = conversation({ status: 'resolved', messages: [message({ position: 2 })] });
  const inbox = apply(emptyInbox(ME), {
    kind: 'conversation_updated',
    at: 0,
    conversation: live(newer),
  });
  const after = withFetched(
    inbox,
    conversation({ messages: [message({ position: 1 })], read_count: 1 }),
  );
  expect(after.conversations.get(1)).toMatchObject({ status: 'resolved', read_count: 1 });
});

test('what was read on one device stays read, in whatever order devices report', () => {
  const inbox = withFetched(emptyInbox(ME), conversation({ incoming_count: 5, read_count: 4 }));
  expect(withRead(inbox, 1, 2)).toBe(inbox);
  expect(withRead(inbox, 1, 5).conversations.get(1)?.read_count).toBe(5);
});

test('an event about an unknown conversation leaves its unread count unknown, a new one has none read', () => {
  const told = live(conversation({ incoming_count: 3 }));
  const updated = apply(emptyInbox(ME), {
    kind: 'conversation_updated',
    at: 0,
    conversation: told,
  });
  expect(updated.conversations.get(1)?.read_count).toBeNull();
  const created = apply(emptyInbox(ME), {
    kind: 'conversation_created',
    at: 0,
    conversation: told,
  });
  expect(created.conversations.get(1)?.read_count).toBe(0);
});

test('an event of a kind from the future changes nothing', () => {
  const inbox = withFetched(emptyInbox(ME), conversation());
  const event = {
    kind: 'conversation_painted',
    at: 0,
    conversation_id: 1,
  } as unknown as AccountEvent;
  expect(apply(inbox, event)).toBe(inbox);
});

test('messages that arrive out of order stand in order of position', () => {
  const first = message({ id: 7, position: 1 });
  const second = message({ id: 8, position: 2 });
  const third = message({ id: 9, position: 3 });
  const inbox = withMessages(withMessages(emptyInbox(ME), 1, [first, third]), 1, [second]);
  expect(inbox.threads.get(1)?.map((one) => one.id)).toEqual([7, 8, 9]);
});
