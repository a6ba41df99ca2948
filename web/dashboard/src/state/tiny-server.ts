// A server of one account for tests, with a log of what it did. Not shipped, and not the mock of any page.
import type { AccountEvent, Conversation, Message } from '../../../api/types';
import { agent, conversation, live, ME, message } from './builders';

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
    const position = this.messages.filter((one) => one.conversation_id === id).length + 1;
    const added = message({
      id: this.messages.length + 1,
      conversation_id: id,
      position,
      message_type: isActivity ? 2 : isIncoming ? 0 : 1,
    });
    this.messages.push(added);
    this.#put({
      ...before,
      // What happened is told among the messages, but not as a conversation's last one.
      messages: isActivity ? before.messages : [added],
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

  /** Each change of a conversation writes an activity message. */
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
