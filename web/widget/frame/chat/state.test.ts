// What folding promises a visitor: events and fetches in any order lead to what a fresh fetch shows.
// Not the network (web/realtime/simulation.test.ts).
import { describe, expect, it } from 'vitest';
import type { VisitorConversation, VisitorEvent, VisitorMessage } from '../../../realtime/wire';
import { chance } from '../../../realtime/simulation/world';
import {
  emptyChat,
  withAnswer,
  withEvent,
  withOlder,
  withSeen,
  withSession,
  type ChatState,
  type Session,
} from './state';

const conversation = (over: Partial<VisitorConversation> = {}): VisitorConversation => ({
  id: 'c1',
  status: 'open',
  agents: [],
  unread_count: 0,
  created_at_ms: 1,
  ...over,
});

const message = (number: number, over: Partial<VisitorMessage> = {}): VisitorMessage => ({
  number,
  conversation_id: 'c1',
  from: 'agent',
  name: 'Priya',
  content: `message ${number}`,
  echo_id: null,
  created_at_ms: number,
  ...over,
});

const session = (numbers: number[], over: Partial<Session> = {}): Session => ({
  epoch: 'e',
  cursor: numbers.at(-1) ?? 0,
  contact: null,
  conversation: conversation(),
  messages: numbers.map((number) => message(number)),
  more: false,
  ...over,
});

const created = (number: number, over: Partial<VisitorConversation> = {}): VisitorEvent => ({
  kind: 'message_created',
  at: number,
  conversation: conversation(over),
  message: message(number),
});

const numbers = (state: ChatState | null) => state?.messages.map((it) => it.number);

describe('events', () => {
  it('add messages once, however often they come', () => {
    const start = withSession(emptyChat, session([1, 2]));
    const once = withEvent(start, 3, created(3)) as ChatState;
    expect(numbers(once)).toEqual([1, 2, 3]);
    expect(withEvent(once, 3, created(3))).toEqual(once);
  });

  it('bring the conversation as it is now', () => {
    const start = withSession(emptyChat, session([1]));
    const resolved = conversation({ status: 'resolved', agents: [{ name: 'Priya' }] });
    const event: VisitorEvent = { kind: 'conversation_updated', at: 2, conversation: resolved };
    expect(withEvent(start, 2, event)?.conversation).toEqual(resolved);
  });

  it('of another conversation ask for a fetch', () => {
    const start = withSession(emptyChat, session([1]));
    expect(withEvent(start, 2, created(1, { id: 'c2' }))).toBeNull();
    expect(withEvent(emptyChat, 1, created(1))).toBeNull();
  });

  it('of an unknown kind are counted and ignored', () => {
    const start = withSession(emptyChat, session([1]));
    const event = { kind: 'contact_waved', at: 2 } as unknown as VisitorEvent;
    expect(withEvent(start, 2, event)).toEqual({ ...start, cursor: 2 });
  });
});

describe('a fetched session', () => {
  it('does not undo what events said meanwhile', () => {
    const start = withSession(emptyChat, session([1, 2]));
    const ahead = withEvent(start, 3, created(3, { status: 'resolved' })) as ChatState;
    const late = withSession(ahead, session([1, 2]));
    expect(numbers(late)).toEqual([1, 2, 3]);
    expect(late.conversation?.status).toBe('resolved');
  });

  it('keeps older pages, and still knows whether there are more', () => {
    let state = withSession(emptyChat, session([51, 52], { more: true }));
    state = withOlder(state, [message(49), message(50)], false);
    state = withSession(state, session([51, 52, 53], { more: true }));
    expect(numbers(state)).toEqual([49, 50, 51, 52, 53]);
    expect(state.more).toBe(false);
  });

  it('starts afresh when it does not join what is known', () => {
    const start = withSession(emptyChat, session([1, 2]));
    const state = withSession(start, session([60, 61], { more: true }));
    expect(numbers(state)).toEqual([60, 61]);
    expect(state.more).toBe(true);
  });

  it('of another conversation takes its place', () => {
    const start = withSession(emptyChat, session([1, 2]));
    const other = session([1], { conversation: conversation({ id: 'c2' }), cursor: 9 });
    expect(withSession(start, other).messages).toHaveLength(1);
  });
});

describe('the answer to a message', () => {
  it('and its event are one message', () => {
    const start = withSession(emptyChat, session([1]));
    const own = message(2, { from: 'me', echo_id: 'x' });
    const answered = withAnswer(start, conversation(), own);
    const told: VisitorEvent = {
      kind: 'message_created',
      at: 2,
      conversation: conversation(),
      message: own,
    };
    expect(numbers(withEvent(answered, 2, told))).toEqual([1, 2]);
  });

  it('may begin a conversation', () => {
    const state = withAnswer(emptyChat, conversation({ id: 'c9' }), message(1));
    expect(state.conversation?.id).toBe('c9');
    expect(numbers(state)).toEqual([1]);
  });

  it('leaves room for what others wrote before it', () => {
    const start = withSession(emptyChat, session([1]));
    const answered = withAnswer(start, conversation(), message(3, { from: 'me' }));
    expect(numbers(withEvent(answered, 2, created(2)))).toEqual([1, 2, 3]);
  });
});

it('reading leaves nothing unread, but for what came meanwhile', () => {
  const unread = conversation({ unread_count: 3 });
  const state = withSession(emptyChat, session([1, 2], { conversation: unread }));
  expect(withSeen(state, 'c1', 2).conversation?.unread_count).toBe(0);
  expect(withSeen(state, 'c1', 1)).toBe(state);
  expect(withSeen(state, 'c2', 2)).toBe(state);
});

it('folded events are what a fetch shows, from any place and in any mixture', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const random = chance(seed);
    const last = 3 + Math.floor(random() * 30);
    const whole = (upTo: number) => session(Array.from({ length: upTo }, (_, at) => at + 1));
    const from = 1 + Math.floor(random() * last);
    let state = withSession(emptyChat, whole(from));
    for (let seq = from + 1; seq <= last; seq += 1) {
      state = withEvent(state, seq, created(seq)) as ChatState;
      if (random() < 0.2) state = withSession(state, whole(1 + Math.floor(random() * seq)));
      if (random() < 0.2) state = withAnswer(state, conversation(), message(seq));
      if (random() < 0.2) state = withEvent(state, seq, created(seq)) as ChatState;
    }
    expect(state, `seed ${seed}`).toEqual(withSession(emptyChat, whole(last)));
  }
});
