// Makes conversations, messages and a small server for tests. Not shipped: only tests import it.
import type { AccountEvent, Conversation, ConversationLive, Message } from '../../../api/types';

/** The member that tests look through. */
export const ME = 1;

const agent = (id: number) => ({
  id,
  name: `Member ${id}`,
  available_name: `Member ${id}`,
  email: '',
  role: 'agent' as const,
});

/** A message; give what matters. */
export function message(given: Partial<Message> = {}): Message {
  return {
    id: 1,
    conversation_id: 1,
    message_type: 0,
    content: 'hello',
    private: false,
    created_at_ms: 1_000_000,
    position: 1,
    echo_id: null,
    sender_type: 'Contact',
    sender_id: 100,
    sender: { id: 100, name: 'Ann' },
    ...given,
  };
}

/** An open conversation that nobody owns; give what matters. */
export function conversation(given: Partial<Conversation> & { owner?: number } = {}): Conversation {
  const { owner, ...rest } = given;
  return {
    id: 1,
    inbox_id: 1,
    status: 'open',
    created_at: 1000,
    updated_at: 1000,
    last_activity_at: 1000,
    incoming_count: 0,
    read_count: 0,
    contact_last_seen_at: null,
    messages: [],
    last_non_activity_message: null,
    meta: {
      sender: { id: 100, name: 'Ann', email: null },
      ...(owner === undefined ? {} : { assignee: agent(owner) }),
    },
    ...rest,
  };
}

/** The same without what differs from member to member, as events carry it. */
export function live(given: Conversation): ConversationLive {
  const { read_count: _, ...rest } = given;
  return rest;
}

/** Numbers from [0, 1) that a seed decides: the same story every time. */
export function seeded(seed: number): () => number {
  let state = seed + 0x6d2b79f5;
  return () => {
    state = Math.imul(state ^ (state >>> 15), state | 1);
    state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
    return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A server of one account, small enough to be obviously right, with a log of what it did. */
export class TinyServer {
  readonly conversations = new Map<number, Conversation>();
  readonly messages: Message[] = [];
  readonly log: AccountEvent[] = [];
  #second = 1000;

  /** Does something at random. */
  step(random: () => number): void {
    const pick = Math.floor(random() * 6);
    const all = [...this.conversations.values()];
    const one = all[Math.floor(random() * all.length)];
    // Several things happen within one second, as they do.
    if (random() < 0.3) this.#second += 1;
    if (!one || pick === 0) this.#create();
    else if (pick === 1)
      this.#change(one.id, { status: one.status === 'open' ? 'resolved' : 'open' });
    else if (pick === 2) this.#own(one.id, random() < 0.5 ? ME : 2);
    else if (pick === 3) this.#read(one.id);
    else this.#write(one.id, pick === 4);
  }

  /** What a fetch gives now. */
  fetch(id: number): Conversation {
    const found = this.conversations.get(id);
    if (!found) throw new Error(`no conversation ${id}`);
    return structuredClone(found);
  }

  #create(): void {
    const id = this.conversations.size + 1;
    this.#put(conversation({ id, created_at: this.#second, updated_at: this.#second }));
    this.log.push(this.#event('conversation_created', id));
    this.#write(id, true);
  }

  #write(id: number, isIncoming: boolean, isActivity = false): void {
    const before = this.fetch(id);
    const position = (before.messages[0]?.position ?? 0) + 1;
    const added = message({
      id: this.messages.length + 1,
      conversation_id: id,
      position,
      message_type: isActivity ? 2 : isIncoming ? 0 : 1,
    });
    this.messages.push(added);
    this.#put({
      ...before,
      messages: [added],
      incoming_count: before.incoming_count + (isIncoming ? 1 : 0),
      last_activity_at: this.#second,
      updated_at: this.#second,
    });
    this.log.push({
      kind: 'message_created',
      at: 0,
      conversation: live(this.fetch(id)),
      message: added,
    });
  }

  /** Each change of a conversation writes an activity message: the inbox tells versions apart by it. */
  #change(id: number, change: Partial<Conversation>): void {
    this.#put({ ...this.fetch(id), ...change });
    this.#write(id, false, true);
    this.log.push(this.#event('conversation_updated', id));
  }

  #own(id: number, owner: number): void {
    this.#change(id, { meta: { ...this.fetch(id).meta, assignee: agent(owner) } });
  }

  #read(id: number): void {
    const read_count = this.fetch(id).incoming_count;
    this.#put({ ...this.fetch(id), read_count });
    this.log.push({ kind: 'conversation_read', at: 0, conversation_id: id, read_count });
  }

  #event(kind: 'conversation_created' | 'conversation_updated', id: number): AccountEvent {
    return { kind, at: 0, conversation: live(this.fetch(id)) };
  }

  #put(next: Conversation): void {
    this.conversations.set(next.id, next);
  }
}
