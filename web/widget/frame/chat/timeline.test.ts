// How messages become rows: days, groups, marks.
import { describe, expect, it } from 'vitest';
import type { Pending } from '../../../realtime/outbox';
import type { VisitorMessage } from '../../../realtime/wire';
import { timeline, type Draft, type Row } from './timeline';

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
  timeline(messages, pending, dayOf);
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
    expect(all.map((row) => [row.status, row.last])).toEqual([
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
