// Turns messages and those on their way into the rows of the list: days, events, groups of one author, marks. Pure.
// Not the drawing of a row (parts/MessageRow.svelte), and not how events are said (happened.ts).
import type { Pending } from '../../../realtime/outbox';
import type {
  VisitorAttachment,
  VisitorConversation,
  VisitorMessage,
} from '../../../realtime/wire';

/** A file that was uploaded and waits for its message. */
export interface SentFile {
  blob_id: string;
  file_name: string;
  /** Bytes. */
  file_size: number;
}

/** What a visitor writes; who they are only with the first message. */
export interface Draft {
  content: string;
  name?: string;
  email?: string;
  files?: SentFile[];
  /** Begins a conversation beside the one that there is, under this key. */
  anew?: string;
}

/** How far an own message came. */
export type Delivery = 'sending' | 'failed' | 'sent' | 'delivered' | 'seen';

/** One row. `key` stays the same when a message on its way arrives, so that the row does not flicker. */
export type Row =
  | { kind: 'day'; key: string; atMs: number }
  /** Above the first message that was not read when the chat was opened. */
  | { kind: 'new'; key: string }
  /** Everything that happened between two messages. */
  | { kind: 'events'; key: string; texts: string[] }
  | MessageRow;

export interface MessageRow {
  kind: 'message';
  key: string;
  own: boolean;
  name: string | null;
  text: string;
  attachments: VisitorAttachment[];
  /** Of a message on its way. */
  files: SentFile[];
  deleted: boolean;
  atMs: number;
  /** First and last of a group: picture at the first, name and time under the last. */
  first: boolean;
  last: boolean;
  /** The last own message says how far it came. */
  delivery: Delivery;
  newestOwn: boolean;
  /** Why it failed. */
  reason: string | null;
}

/** Messages of one author further apart than this begin a new group. */
const GROUP_MS = 5 * 60_000;

interface Sources {
  messages: VisitorMessage[];
  pending: Pending<Draft>[];
  conversation?: VisitorConversation | null;
  /** Number of the first message that was not read when the chat was opened. */
  unreadFrom?: number | null;
  /** Names the reader's calendar day of an instant; equal for two instants of one day. */
  dayOf: (ms: number) => string;
}

/** The rows, oldest first. */
export function timeline(sources: Sources): Row[] {
  const { messages, pending, conversation = null, unreadFrom = null, dayOf } = sources;
  const arrived = new Set(messages.flatMap((message) => message.echo_id ?? []));
  const waiting = pending.filter((item) => !arrived.has(item.echoId));
  const rows: Row[] = [];
  let day = '';
  const beginDay = (atMs: number) => {
    if (dayOf(atMs) !== day) rows.push({ kind: 'day', key: `day ${dayOf(atMs)}`, atMs });
    day = dayOf(atMs);
  };
  const say = (row: MessageRow) => {
    beginDay(row.atMs);
    const before = rows.at(-1);
    if (before?.kind === 'message' && joins(before, row)) {
      before.last = false;
      row.first = false;
    }
    rows.push(row);
  };
  for (const message of messages) {
    if (message.from === 'event') {
      beginDay(message.created_at_ms);
      const before = rows.at(-1);
      if (before?.kind === 'events') before.texts.push(message.content);
      else rows.push({ kind: 'events', key: `#${message.number}`, texts: [message.content] });
      continue;
    }
    if (message.number === unreadFrom) {
      beginDay(message.created_at_ms);
      rows.push({ kind: 'new', key: 'new' });
    }
    say(rowOf(message));
  }
  for (const item of waiting) say(pendingRowOf(item));
  markDelivery(rows, conversation);
  return rows;
}

/** Number of the first of the newest `unread` messages of others; null when there is none. */
export function firstUnread(messages: VisitorMessage[], unread: number): number | null {
  const others = messages.filter(({ from }) => from === 'agent' || from === 'contact');
  return unread > 0 ? ((others.at(-unread) ?? others[0])?.number ?? null) : null;
}

/** The counts run from the first message, so marks are counted back from the newest. */
function markDelivery(rows: Row[], conversation: VisitorConversation | null): void {
  const own = rows.filter((row): row is MessageRow => row.kind === 'message' && row.own);
  const newest = own.at(-1);
  if (newest) newest.newestOwn = true;
  let place = conversation?.incoming_count ?? 0;
  for (const row of own.filter(({ delivery }) => delivery === 'sent').toReversed()) {
    if (place <= (conversation?.seen_count ?? 0) && place > 0) row.delivery = 'seen';
    else if (place <= (conversation?.delivered_count ?? 0) && place > 0) row.delivery = 'delivered';
    place -= 1;
  }
}

function joins(before: MessageRow, row: MessageRow): boolean {
  const sameAuthor = before.own === row.own && before.name === row.name;
  const sameDelivery = before.delivery === row.delivery && row.delivery !== 'failed';
  return sameAuthor && sameDelivery && row.atMs - before.atMs < GROUP_MS;
}

function rowOf(message: VisitorMessage): MessageRow {
  const { number, from, name, content, echo_id, created_at_ms: atMs } = message;
  return {
    ...emptyRow(echo_id ?? `#${number}`, content, atMs),
    own: from === 'me',
    name: from === 'me' ? null : name,
    attachments: message.attachments ?? [],
    deleted: message.deleted ?? false,
  };
}

function pendingRowOf({ echoId, body, order, reason, status }: Pending<Draft>): MessageRow {
  const delivery = status === 'failed' ? 'failed' : 'sending';
  return { ...emptyRow(echoId, body.content, order), files: body.files ?? [], delivery, reason };
}

function emptyRow(key: string, text: string, atMs: number): MessageRow {
  return {
    kind: 'message',
    key,
    own: true,
    name: null,
    text,
    attachments: [],
    files: [],
    deleted: false,
    atMs,
    first: true,
    last: true,
    delivery: 'sent',
    newestOwn: false,
    reason: null,
  };
}
