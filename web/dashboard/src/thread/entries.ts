// Turns messages into what a thread shows: days, events, notes, and bubbles grouped by author. Pure; drawing is not here.
import { MESSAGE_TYPE, type Message } from '../../../api/types';
import { isSameDay } from '../lib/times';
import type { PendingLetter } from '../state/sending.svelte';
import {
  isFrom,
  lineOf,
  lineOfLetter,
  type Audience,
  type Bubble,
  type Line,
  type Side,
} from './bubbles';
import { marksOf, type MarkCounts } from './marks';

/** A pause longer than this begins a new group. */
export const GROUP_PAUSE_MS = 5 * 60_000;
/** More lines of events in a row than this are folded, so that a busy hour of the team does not push the words away. */
export const EVENT_LINES_MAX = 3;

/** What happened within one minute. */
export interface EventLine {
  readonly key: string;
  readonly text: string;
  readonly atMs: number;
}

export type Entry =
  | { readonly kind: 'day'; readonly key: string; readonly atMs: number }
  /** Where the reader left off the last time. */
  | { readonly kind: 'new'; readonly key: string }
  | Events
  | Note
  | Group;

export interface Events {
  readonly kind: 'events';
  readonly key: string;
  readonly lines: readonly EventLine[];
}

export interface Note {
  readonly kind: 'note';
  readonly key: string;
  readonly name: string;
  readonly picture: string;
  readonly side: Side;
  readonly bubble: Bubble;
}

export interface Group {
  readonly kind: 'group';
  readonly key: string;
  readonly side: Side;
  readonly name: string;
  readonly picture: string;
  readonly bubbles: readonly Bubble[];
}

/** What is known of the conversation around its messages. */
export interface Surroundings extends Audience {
  /** Null for messages that do not reach the newest one. */
  readonly marks: MarkCounts | null;
  /** The id of the first message that the reader had not seen when they came; null for none. */
  readonly firstNew: number | null;
}

/** Entries in order: the server's messages, then what waits to be sent. A letter whose message is there is left out. */
export function entriesOf(
  messages: readonly Message[],
  letters: readonly PendingLetter[],
  around: Surroundings,
): Entry[] {
  // A key is its sender's own: a colleague's client may have drawn the same.
  const own = messages.filter((message) => isFrom(message, around.me));
  const arrived = new Set(own.map((message) => message.echo_id));
  const waiting = letters.filter((letter) => !arrived.has(letter.echoId));
  const marks = marksOf(messages, around.marks);
  const lines = [
    ...messages.map((message) => lineOf(message, around, marks.get(message.id) ?? null)),
    ...waiting.map((letter) => lineOfLetter(letter, around)),
  ];
  const entries: Entry[] = [];
  let before: Line | null = null;
  for (const line of lines) {
    const { key, id, atMs } = line.bubble;
    if (!before || !isSameDay(before.bubble.atMs, atMs)) {
      entries.push({ kind: 'day', key: `day-${key}`, atMs });
      before = null;
    }
    if (id !== null && id === around.firstNew) {
      entries.push({ kind: 'new', key: 'new' });
      before = null;
    }
    add(entries, before, line);
    before = line;
  }
  return entries;
}

/**
 * The id of the first message of contacts after the first `readCount` of them, when `incomingCount` is the number of
 * the newest; null when all are read, or when it is not among `messages`.
 */
export function firstUnread(
  messages: readonly Message[],
  incomingCount: number,
  readCount: number,
): number | null {
  let number = incomingCount;
  for (const message of messages.toReversed()) {
    if (message.message_type !== MESSAGE_TYPE.incoming) continue;
    if (number === readCount + 1) return message.id;
    if (number <= readCount) return null;
    number -= 1;
  }
  return null;
}

function add(entries: Entry[], before: Line | null, line: Line): void {
  const { bubble, name, side, picture } = line;
  const last = entries.at(-1);
  switch (line.kind) {
    case 'event': {
      const one = { key: bubble.key, text: bubble.text, atMs: bubble.atMs };
      if (last?.kind === 'events')
        entries[entries.length - 1] = { ...last, lines: withEvent(last.lines, one) };
      else entries.push({ kind: 'events', key: bubble.key, lines: [one] });
      return;
    }
    case 'note':
      entries.push({ kind: 'note', key: bubble.key, name, picture, side, bubble });
      return;
    case 'bubble':
      if (last?.kind === 'group' && before && continues(before, line)) {
        entries[entries.length - 1] = { ...last, bubbles: [...last.bubbles, bubble] };
      } else {
        entries.push({ kind: 'group', key: bubble.key, side, name, picture, bubbles: [bubble] });
      }
  }
}

function withEvent(lines: readonly EventLine[], one: EventLine): readonly EventLine[] {
  const last = lines.at(-1);
  if (!last || !isSameMinute(last.atMs, one.atMs)) return [...lines, one];
  return [...lines.slice(0, -1), { ...last, text: `${last.text} · ${one.text}` }];
}

function continues(
  { kind, author, bubble: before }: Line,
  { author: writer, bubble }: Line,
): boolean {
  return (
    kind === 'bubble' &&
    author === writer &&
    bubble.atMs - before.atMs <= GROUP_PAUSE_MS &&
    sharesLine(before, bubble)
  );
}

/** One line stands under a whole group, so it must be true of each bubble in it. */
function sharesLine(before: Bubble, bubble: Bubble): boolean {
  // A failed one stands alone, with its buttons below it.
  if (before.delivery === 'failed' || bubble.delivery === 'failed') return false;
  // On its way for a moment: its own bubble shows that, and the group does not jump when it arrives.
  if (bubble.delivery === 'sending') return before.delivery !== 'queued' && before.mark !== 'seen';
  if (before.delivery !== bubble.delivery) return false;
  return (before.mark === 'seen') === (bubble.mark === 'seen');
}

function isSameMinute(a: number, b: number): boolean {
  return Math.floor(a / 60_000) === Math.floor(b / 60_000);
}

/** The bubbles whose mark is written out: the newest one that was seen, and the newest of all. By key. */
export function markedKeys(entries: readonly Entry[]): {
  seen: string | null;
  newest: string | null;
} {
  let newest: string | null = null;
  for (const entry of entries.toReversed()) {
    if (entry.kind !== 'group') continue;
    for (const { key, mark } of entry.bubbles.toReversed()) {
      if (mark === null) continue;
      newest ??= key;
      if (mark === 'seen') return { seen: key, newest };
    }
  }
  return { seen: null, newest };
}

/** The newest bubble's key, and whether the reader wrote it. */
export function newestOf(entries: readonly Entry[]): { key: string; isOwn: boolean } | null {
  const entry = entries.at(-1);
  switch (entry?.kind) {
    case 'group':
      return { key: entry.bubbles.at(-1)?.key ?? '', isOwn: entry.side === 'own' };
    case 'note':
      return { key: entry.key, isOwn: entry.side === 'own' };
    case 'events':
      return { key: entry.lines.at(-1)?.key ?? '', isOwn: false };
    default:
      return null;
  }
}
