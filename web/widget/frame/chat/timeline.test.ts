// How messages become rows: days, groups, marks.
import { describe, expect, it } from 'vitest';
import type { Pending } from '../../../realtime/outbox';
import type { VisitorMessage } from '../../../realtime/wire';
import { firstUnread, timeline, type Draft, type Row } from './timeline';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const dayOf = (ms: number) => `day ${Math.floor(ms / DAY)}`;

function message(number: number, over: Partial<VisitorMessage> = {}): VisitorMessage {
  const said = { from: 'agent', name: 'Priya', content: `m${number}`, echo_id: null } as const;
  return { number, conversation_id: 'c', created_at_ms: number * 1000, ...said, ...over };
}

function waiting(echoId: string, status: Pending<Draft>['status'], order = 50_000): Pending<Draft> {
  return { echoId, lane: 'visitor', body: { content: echoId }, status, reason: 'why', order };
}

const rows = (messages: VisitorMessage[], pending: Pending<Draft>[] = []) =>
  timeline({ messages, pending, dayOf });
const said = (all: Row[]) => all.flatMap((row) => (row.kind === 'message' ? [row] : []));

describe('groups', () => {
  it('show the picture at the first and the time under the last', () => {
    const all = said(rows([message(1), message(2), message(3)]));
    expect(all.map((row) => [row.first, row.last])).toEqual([
      [true, false],
      [false, false],
      [false, true],
    ]);
  });

  it('end with another author, an event, or five minutes', () => {
    const all = said(
      rows([
        message(1),
        message(2, { name: 'Tomás' }),
        message(3, { from: 'event', content: 'Maya joined' }),
        message(4, { name: 'Tomás' }),
        message(5, { name: 'Tomás', created_at_ms: 4000 + 5 * MINUTE }),
      ]),
    );
    expect(all.every((row) => row.first && row.last)).toBe(true);
  });
});

describe('days', () => {
  it('are named once, before their first message', () => {
    const all = rows([message(1), message(2), message(3, { created_at_ms: DAY + 1 })]);
    expect(all.map((row) => row.kind)).toEqual(['day', 'message', 'message', 'day', 'message']);
  });
});

describe('messages on their way', () => {
  it('stand after all others, and keep their row when they arrive', () => {
    const before = rows([message(1)], [waiting('x', 'sending')]);
    const after = rows([
      message(1),
      message(2, { from: 'me', echo_id: 'x', created_at_ms: 50_000 }),
    ]);
    expect(before.map((row) => row.key)).toEqual(after.map((row) => row.key));
  });

  it('are not shown twice in the moment of arrival', () => {
    const arrived = message(1, { from: 'me', echo_id: 'x', content: 'x' });
    expect(said(rows([arrived], [waiting('x', 'sending')]))).toHaveLength(1);
  });

  it('say when they failed and why, each for itself', () => {
    const all = said(
      rows([], [waiting('a', 'failed'), waiting('b', 'failed'), waiting('c', 'queued')]),
    );
    expect(all.map((row) => [row.delivery, row.last])).toEqual([
      ['failed', true],
      ['failed', true],
      ['sending', true],
    ]);
    expect(all[0]?.reason).toBe('why');
  });

  it('have rows with keys of their own', () => {
    const all = rows([message(1), message(2)], [waiting('a', 'queued'), waiting('b', 'queued')]);
    expect(new Set(all.map((row) => row.key)).size).toBe(all.length);
  });
});

describe('events', () => {
  it('between two messages are one row', () => {
    const event = (number: number) => message(number, { from: 'event', name: null });
    const all = rows([message(1), event(2), event(3), message(4)]);
    expect(all.map(({ kind }) => kind)).toEqual(['day', 'message', 'events', 'message']);
    expect(all[2]).toMatchObject({ texts: ['m2', 'm3'] });
  });
});

describe('how far own messages came', () => {
  const mine = (number: number) => message(number, { from: 'me', name: null });
  const conversation = {
    id: 'c',
    status: 'open',
    agents: [],
    unread_count: 0,
    created_at_ms: 1,
  } as const;
  const marks = (counts: object, messages = [mine(1), message(2), mine(3), mine(4)]) =>
    said(
      timeline({
        messages,
        pending: [],
        conversation: { ...conversation, agents: [], ...counts },
        dayOf,
      }),
    )
      .filter(({ own }) => own)
      .map(({ delivery }) => delivery);

  it('is counted back from the newest', () => {
    const counts = { incoming_count: 3, delivered_count: 2, seen_count: 1 };
    expect(marks(counts)).toEqual(['seen', 'delivered', 'sent']);
  });

  it('holds when older messages have not been fetched', () => {
    const counts = { incoming_count: 30, delivered_count: 30, seen_count: 29 };
    expect(marks(counts)).toEqual(['seen', 'seen', 'delivered']);
  });

  it('is only "sent" where the server tells no counts', () => {
    expect(marks({})).toEqual(['sent', 'sent', 'sent']);
  });

  it('is said under the newest own message', () => {
    const all = said(rows([mine(1), message(2), mine(3)], [waiting('x', 'queued')]));
    expect(all.map(({ newestOwn }) => newestOwn)).toEqual([false, false, false, true]);
  });
});

describe('the line above what is new', () => {
  it('stands above the first unread message of others', () => {
    const event = message(3, { from: 'event', name: null });
    const messages = [message(1), message(2), event, message(4)];
    expect(firstUnread(messages, 2)).toBe(2);
    expect(firstUnread(messages, 99)).toBe(1);
    expect(firstUnread(messages, 0)).toBe(null);
    const all = timeline({ messages, pending: [], unreadFrom: 4, dayOf });
    expect(all.map(({ kind }) => kind)).toEqual([
      'day',
      'message',
      'message',
      'events',
      'new',
      'message',
    ]);
  });
});
