// Turns messages and those on their way into the rows of the list: days, groups of one author, marks. Pure.
// Not the drawing of a row (parts/Row.svelte).
import type { Pending } from '../../../realtime/outbox';
import type { VisitorMessage } from '../../../realtime/wire';

/** What a visitor writes; the name only with the first message. */
export interface Draft {
  content: string;
  name?: string;
}

/** One row. `key` stays the same when a message on its way arrives, so that the row does not flicker. */
export type Row =
  | { kind: 'day'; key: string; atMs: number }
  | { kind: 'event'; key: string; text: string }
  | {
      kind: 'message';
      key: string;
      own: boolean;
      name: string | null;
      text: string;
      atMs: number;
      /** First and last of a group: picture at the first, name and time under the last. */
      first: boolean;
      last: boolean;
      status: 'sent' | 'sending' | 'failed';
      /** Why it failed. */
      reason: string | null;
    };

/** Messages of one author further apart than this begin a new group. */
const GROUP_MS = 5 * 60_000;

type MessageRow = Extract<Row, { kind: 'message' }>;

/**
 * The rows, oldest first.
 *
 * @param dayOf names the reader's calendar day of an instant; equal for two instants of one day
 */
export function timeline(
  messages: VisitorMessage[],
  pending: Pending<Draft>[],
  dayOf: (ms: number) => string,
): Row[] {
  const arrived = new Set(messages.flatMap((message) => message.echo_id ?? []));
  const waiting = pending.filter((item) => !arrived.has(item.echoId));
  const rows: Row[] = [];
  let day = '';
  for (const { row, atMs } of [...messages.map(rowOf), ...waiting.map(pendingRowOf)]) {
    if (dayOf(atMs) !== day) rows.push({ kind: 'day', key: `day ${dayOf(atMs)}`, atMs });
    day = dayOf(atMs);
    const before = rows.at(-1);
    if (row.kind === 'message' && before?.kind === 'message' && joins(before, row)) {
      before.last = false;
      row.first = false;
    }
    rows.push(row);
  }
  return rows;
}

function joins(before: MessageRow, row: MessageRow): boolean {
  const sameAuthor = before.own === row.own && before.name === row.name;
  const sameStatus = before.status === row.status && row.status !== 'failed';
  return sameAuthor && sameStatus && row.atMs - before.atMs < GROUP_MS;
}

function rowOf(message: VisitorMessage): { row: Row; atMs: number } {
  const { number, from, name, content, echo_id, created_at_ms: atMs } = message;
  const key = echo_id ?? `#${number}`;
  if (from === 'event') return { row: { kind: 'event', key, text: content }, atMs };
  const row = messageRow(key, content, atMs);
  return { row: { ...row, own: from === 'me', name: from === 'me' ? null : name }, atMs };
}

function pendingRowOf(item: Pending<Draft>): { row: Row; atMs: number } {
  const { echoId, body, order, reason } = item;
  const status = item.status === 'failed' ? 'failed' : 'sending';
  return { row: { ...messageRow(echoId, body.content, order), status, reason }, atMs: order };
}

function messageRow(key: string, text: string, atMs: number): MessageRow {
  return {
    kind: 'message',
    key,
    own: true,
    name: null,
    text,
    atMs,
    first: true,
    last: true,
    status: 'sent',
    reason: null,
  };
}
