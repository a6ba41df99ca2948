// @vitest-environment jsdom
// Promises of the thread: one bubble per message whatever came first, grouped by author, days between, notes apart.
import { expect, test } from 'vitest';
import { contact, ME, message } from '../state/builders';
import type { PendingLetter } from '../state/sending.svelte';
import { entriesOf, firstUnread, GROUP_PAUSE_MS, markedKeys } from './entries';

const NOON = new Date(2026, 10, 21, 12).getTime();
const audience = {
  me: ME,
  myName: 'Maya Okafor',
  contact: contact({ name: 'Ann Lee' }),
  isAway: false,
  marks: null,
  firstNew: null,
};
const own = {
  message_type: 1,
  sender_type: 'User' as const,
  sender_id: ME,
  from: 'Maya',
};
const colleague = { ...own, sender_id: 2, from: 'Tomás Rivera' };

function at(minutes: number, given: Parameters<typeof message>[0] = {}) {
  const id = given.id ?? minutes + 1;
  return message({ id, position: id, created_at_ms: NOON + minutes * 60_000, ...given });
}

function letter(given: Partial<PendingLetter> & { isNote?: boolean } = {}): PendingLetter {
  const { isNote = false, ...rest } = given;
  const body = { account: 1, conversation: 1, content: 'soon', private: isNote };
  return {
    echoId: 'e1',
    lane: '1/1',
    body,
    status: 'sending',
    reason: null,
    order: NOON + 60_000,
    ...rest,
  };
}

/** The shape in short: day, contact[2], own[1], events, note. */
function shape(...given: Parameters<typeof entriesOf>) {
  return entriesOf(...given).map((entry) =>
    entry.kind === 'group' ? `${entry.side}[${entry.bubbles.length}]` : entry.kind,
  );
}

test('what one person writes without a pause is one group, and everyone has a side', () => {
  const messages = [at(0), at(1), at(2, own), at(3, colleague), at(4, colleague)];
  expect(shape(messages, [], audience)).toEqual(['day', 'contact[2]', 'own[1]', 'colleague[2]']);
});

test('a pause ends a group', () => {
  const pause = GROUP_PAUSE_MS / 60_000 + 1;
  expect(shape([at(0), at(pause)], [], audience)).toEqual(['day', 'contact[1]', 'contact[1]']);
});

test('midnight begins a new day, and ends a group', () => {
  const messages = [at(719), at(721)];
  expect(shape(messages, [], audience)).toEqual(['day', 'contact[1]', 'day', 'contact[1]']);
});

test('a private note is a card of its own, and what happened in one minute is one line', () => {
  const event = { message_type: 2, sender_type: null, sender_id: null };
  const messages = [
    at(0, { ...own, private: true }),
    at(1, { ...event, content: 'Tomás joined' }),
    at(1, { ...event, id: 9, content: 'Maya resolved it' }),
    at(2, own),
  ];
  const entries = entriesOf(messages, [], audience);
  expect(entries.map((entry) => entry.kind)).toEqual(['day', 'note', 'events', 'group']);
  expect(entries[2]).toMatchObject({ lines: [{ text: 'Tomás joined · Maya resolved it' }] });
});

test('a letter is not shown beside the message it became, and keeps its key on the way', () => {
  const waiting = entriesOf([at(0)], [letter()], audience);
  const arrived = entriesOf([at(0), at(1, { ...own, echo_id: 'e1' })], [letter()], audience);
  expect(waiting.at(-1)).toMatchObject({
    key: 'e1',
    bubbles: [{ key: 'e1', delivery: 'sending' }],
  });
  expect(arrived.at(-1)).toMatchObject({ key: 'e1', bubbles: [{ key: 'e1', delivery: 'sent' }] });
  expect(arrived).toHaveLength(waiting.length);
});

test('a failed letter stands alone with its reason', () => {
  const failed = letter({ echoId: 'e2', status: 'failed', reason: 'Too long' });
  const entries = entriesOf([at(0, own)], [failed, letter()], audience);
  expect(entries.map((entry) => entry.kind)).toEqual(['day', 'group', 'group', 'group']);
  expect(entries[2]).toMatchObject({ bubbles: [{ delivery: 'failed', reason: 'Too long' }] });
});

test('a colleague with the same key as mine does not hide my letter', () => {
  const theirs = at(0, { ...colleague, echo_id: 'e1' });
  expect(shape([theirs], [letter()], audience)).toEqual(['day', 'colleague[1]', 'own[1]']);
});

test('keys are unique', () => {
  const messages = [at(0), at(1, own), at(2, { ...own, private: true }), at(800)];
  const keys = entriesOf(messages, [letter({ order: NOON + 801 * 60_000 })], audience).map(
    (one) => one.key,
  );
  expect(new Set(keys).size).toBe(keys.length);
});

const counted = (delivered: number, seen: number) => ({
  ...audience,
  marks: { outgoing: 3, delivered, seen },
});

test('what is on its way joins the group before it, what waits for the line does not share its line', () => {
  const sent = at(0, own);
  expect(shape([sent], [letter()], audience)).toEqual(['day', 'own[2]']);
  const away = { ...audience, isAway: true };
  expect(shape([sent], [letter(), letter({ echoId: 'e2' })], away)).toEqual([
    'day',
    'own[1]',
    'own[2]',
  ]);
});

test('one that waits behind another is on its way, too, while there is a line', () => {
  const entries = entriesOf([], [letter({ status: 'queued' })], audience);
  expect(entries.at(-1)).toMatchObject({ bubbles: [{ delivery: 'sending' }] });
});

test('what was seen and what was not stand under lines of their own', () => {
  const messages = [at(0, own), at(1, own), at(2, own)];
  expect(shape(messages, [], counted(3, 2))).toEqual(['day', 'own[2]', 'own[1]']);
  expect(shape(messages, [], counted(3, 3))).toEqual(['day', 'own[3]']);
});

test('a mark is written under the newest that was seen, and under the newest of all', () => {
  const messages = [at(0, own), at(1, own), at(2), at(3, own), at(4, { ...own, private: true })];
  const keys = (delivered: number, seen: number) =>
    markedKeys(entriesOf(messages, [], counted(delivered, seen)));
  expect(keys(0, 0)).toEqual({ seen: null, newest: 'm4' });
  expect(keys(3, 2)).toEqual({ seen: 'm2', newest: 'm4' });
  expect(keys(3, 3)).toEqual({ seen: 'm4', newest: 'm4' });
});

test('the divider stands before the first message that was not read, and ends a group', () => {
  const messages = [at(0), at(1), at(2)];
  const firstNew = firstUnread(messages, 3, 1);
  expect(firstNew).toBe(2);
  expect(shape(messages, [], { ...audience, firstNew })).toEqual([
    'day',
    'contact[1]',
    'new',
    'contact[2]',
  ]);
  expect(firstUnread(messages, 3, 3)).toBeNull();
  // It is further up than what is loaded.
  expect(firstUnread(messages, 9, 2)).toBeNull();
});

test('a deleted message keeps its place', () => {
  const entries = entriesOf([at(0, { content_attributes: { deleted: true } })], [], audience);
  expect(entries.at(-1)).toMatchObject({ bubbles: [{ isDeleted: true }] });
});
