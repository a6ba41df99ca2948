// Turns messages into what a thread shows: days, events, notes, and bubbles grouped by author. Pure; drawing is not here.
import { MESSAGE_TYPE, type Contact, type Message } from '../../../api/types';
import { contactName } from '../lib/names';
import { isSameDay } from '../lib/times';
import type { PendingLetter } from '../state/sending.svelte';
import { words } from '../words';

/** A pause longer than this begins a new group. */
export const GROUP_PAUSE_MS = 5 * 60_000;

/** `sent` is acknowledged; the others have not reached the server. */
export type Delivery = 'sent' | 'queued' | 'sending' | 'failed';

export interface Bubble {
  readonly key: string;
  readonly text: string;
  readonly atMs: number;
  readonly delivery: Delivery;
  /** Why it failed, in the server's words. */
  readonly reason: string | null;
}

export type Side = 'own' | 'colleague' | 'contact';

export type Entry =
  | { readonly kind: 'day'; readonly key: string; readonly atMs: number }
  | { readonly kind: 'event'; readonly key: string; readonly text: string; readonly atMs: number }
  | {
      readonly kind: 'note';
      readonly key: string;
      readonly name: string;
      readonly side: Side;
      readonly bubble: Bubble;
    }
  | Group;

export interface Group {
  readonly kind: 'group';
  readonly key: string;
  readonly side: Side;
  readonly name: string;
  readonly bubbles: readonly Bubble[];
}

/** What the messages are shown to, and about. */
export interface Audience {
  readonly me: number;
  readonly myName: string;
  readonly contact: Contact;
}

/** One message or unsent letter, in the one shape that grouping needs. */
interface Line {
  kind: 'event' | 'note' | 'bubble';
  author: string;
  side: Side;
  name: string;
  bubble: Bubble;
}

/** Entries in order: the server's messages, then what waits to be sent. A letter whose message is there is left out. */
export function entriesOf(
  messages: readonly Message[],
  letters: readonly PendingLetter[],
  audience: Audience,
): Entry[] {
  // A key is its sender's own: a colleague's client may have drawn the same.
  const own = messages.filter((message) => isFrom(message, audience.me));
  const arrived = new Set(own.map((message) => message.echo_id));
  const waiting = letters.filter((letter) => !arrived.has(letter.echoId));
  const lines = [
    ...messages.map((message) => lineOf(message, audience)),
    ...waiting.map((letter) => lineOfLetter(letter, audience)),
  ];
  const entries: Entry[] = [];
  let before: Line | null = null;
  for (const line of lines) {
    if (!before || !isSameDay(before.bubble.atMs, line.bubble.atMs)) {
      entries.push({ kind: 'day', key: `day-${line.bubble.key}`, atMs: line.bubble.atMs });
      before = null;
    }
    add(entries, before, line);
    before = line;
  }
  return entries;
}

function add(entries: Entry[], before: Line | null, line: Line): void {
  const { bubble, name, side } = line;
  const last = entries.at(-1);
  switch (line.kind) {
    case 'event':
      if (last?.kind === 'event' && isSameMinute(last.atMs, bubble.atMs)) {
        entries[entries.length - 1] = { ...last, text: `${last.text} · ${bubble.text}` };
      } else {
        entries.push({ kind: 'event', key: bubble.key, text: bubble.text, atMs: bubble.atMs });
      }
      return;
    case 'note':
      entries.push({ kind: 'note', key: bubble.key, name, side, bubble });
      return;
    case 'bubble':
      if (last?.kind === 'group' && before && continues(before, line)) {
        entries[entries.length - 1] = { ...last, bubbles: [...last.bubbles, bubble] };
      } else {
        entries.push({ kind: 'group', key: bubble.key, side, name, bubbles: [bubble] });
      }
  }
}

function continues(before: Line, line: Line): boolean {
  return (
    before.kind === 'bubble' &&
    before.author === line.author &&
    line.bubble.atMs - before.bubble.atMs <= GROUP_PAUSE_MS &&
    // A failed one stands alone, with its buttons below it.
    before.bubble.delivery !== 'failed' &&
    line.bubble.delivery !== 'failed'
  );
}

function lineOf(message: Message, { me, myName, contact }: Audience): Line {
  const own = isFrom(message, me);
  const isContact = message.message_type === MESSAGE_TYPE.incoming;
  const theirs = message.sender_id === contact.id ? contactName(contact) : message.sender?.name;
  const name = own
    ? myName
    : isContact
      ? theirs || words.visitor
      : message.sender?.name || words.product;
  return {
    kind:
      message.message_type === MESSAGE_TYPE.activity
        ? 'event'
        : message.private
          ? 'note'
          : 'bubble',
    author: `${message.sender_type}:${message.sender_id}`,
    side: own ? 'own' : isContact ? 'contact' : 'colleague',
    name,
    bubble: {
      // The sender's own key outlives the way to the server: the bubble that was sent is the one that arrived.
      key: own && message.echo_id ? message.echo_id : `m${message.id}`,
      text: message.content ?? '',
      atMs: message.created_at_ms,
      delivery: 'sent',
      reason: null,
    },
  };
}

function lineOfLetter(letter: PendingLetter, { me, myName }: Audience): Line {
  return {
    kind: letter.body.private ? 'note' : 'bubble',
    author: `User:${me}`,
    side: 'own',
    name: myName,
    bubble: {
      key: letter.echoId,
      text: letter.body.content,
      atMs: letter.order,
      delivery: letter.status,
      reason: letter.reason,
    },
  };
}

function isFrom(message: Message, member: number): boolean {
  return message.sender_type === 'User' && message.sender_id === member;
}

function isSameMinute(a: number, b: number): boolean {
  return Math.floor(a / 60_000) === Math.floor(b / 60_000);
}
