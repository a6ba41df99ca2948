// Who is typing where, as the socket tells; and telling that we type, not too often. Never stored.
import type { Message } from '../../../api/types';
import type { Connection } from '../../../realtime/socket';
import {
  TYPING_EVERY_MS,
  TYPING_EXPIRES_MS,
  type Typing as TypingFrame,
} from '../../../realtime/wire';

/** One person who is typing. */
export interface Typist {
  readonly key: string;
  readonly name: string;
  readonly isContact: boolean;
}

/** The typing marks of one account. */
export class TypingMarks {
  #marks: ReadonlyMap<number, readonly Typist[]> = $state.raw(new Map());
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #told: { conversation: number; private: boolean; atMs: number } | null = null;

  /** Who is typing in the conversation, first come first. */
  in(conversation: number): readonly Typist[] {
    return this.#marks.get(conversation) ?? [];
  }

  /** Takes in a mark; it ends by itself unless it is renewed. */
  hear(frame: TypingFrame): void {
    const conversation = Number(frame.conversation_id);
    const typist = {
      key: `${frame.who.type}:${frame.who.id ?? frame.who.name}`,
      name: frame.who.name,
      isContact: frame.who.type === 'contact',
    };
    this.#end(conversation, typist.key);
    if (!frame.on) return;
    this.#put(conversation, [...this.in(conversation), typist]);
    const timer = setTimeout(() => this.#end(conversation, typist.key), TYPING_EXPIRES_MS);
    this.#timers.set(`${conversation} ${typist.key}`, timer);
  }

  /** A message ends its author's mark, sooner than the mark's own end. */
  wrote(message: Message): void {
    const type = message.sender_type === 'Contact' ? 'contact' : 'user';
    this.#end(message.conversation_id, `${type}:${message.sender_id}`);
  }

  /** Tells that the member types, at most every TYPING_EVERY_MS. A note's typing never reaches contacts. */
  tell(line: Connection, account: number, conversation: number, isPrivate: boolean): void {
    const told = this.#told;
    const same = told?.conversation === conversation && told.private === isPrivate;
    if (same && Date.now() - told.atMs < TYPING_EVERY_MS) return;
    if (told && !same) this.stop(line, account);
    const sent = line.send({
      type: 'typing',
      account_id: account,
      conversation_id: conversation,
      on: true,
      private: isPrivate,
    });
    if (sent) this.#told = { conversation, private: isPrivate, atMs: Date.now() };
  }

  /** Tells that it is over, when it was told before. */
  stop(line: Connection, account: number): void {
    const told = this.#told;
    if (!told) return;
    this.#told = null;
    line.send({
      type: 'typing',
      account_id: account,
      conversation_id: told.conversation,
      on: false,
      private: told.private,
    });
  }

  /** Ends all timers. */
  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #end(conversation: number, key: string): void {
    clearTimeout(this.#timers.get(`${conversation} ${key}`));
    this.#timers.delete(`${conversation} ${key}`);
    const left = this.in(conversation).filter((typist) => typist.key !== key);
    if (left.length !== this.in(conversation).length) this.#put(conversation, left);
  }

  #put(conversation: number, typists: readonly Typist[]): void {
    this.#marks = new Map(this.#marks).set(conversation, typists);
  }
}
