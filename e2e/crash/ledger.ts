// What was written and what the server said yes to, and the comparison with what it has after a crash. Not the writing.
import { isDeepStrictEqual } from 'node:util';
import type { MemberMessage, VisitorMessage } from '../support/rest.ts';

/** One message and its fate. */
export interface Letter {
  /** uuid of its conversation; null while that has not begun. */
  conversation: string | null;
  writer: string;
  /** Counts what this writer wrote, from 1. */
  serial: number;
  content: string;
  echoId: string;
  isPrivate: boolean;
  /** What the server answered: the message's `id` to a member, its `number` to a visitor. */
  acknowledged: number | null;
}

/** Members' `message_type` of what nobody wrote. */
const ACTIVITY = 2;

/** All letters of one run. */
export class Ledger {
  readonly #letters = new Map<string, Letter>();
  readonly #serials = new Map<string, number>();

  /** Enters a letter before it is sent for the first time. */
  enter(writer: string, conversation: string | null, isPrivate: boolean): Letter {
    const serial = (this.#serials.get(writer) ?? 0) + 1;
    this.#serials.set(writer, serial);
    const echoId = `${writer}-${serial}`;
    const content = `${isPrivate ? 'Note' : 'Letter'} ${serial} of ${writer}`;
    const letter = { conversation, writer, serial, content, echoId, isPrivate, acknowledged: null };
    this.#letters.set(echoId, letter);
    return letter;
  }

  /** How many letters the server said yes to. */
  get acknowledged(): number {
    return [...this.#letters.values()].filter((letter) => letter.acknowledged !== null).length;
  }

  /** What the server must have now, of one conversation. Take it before fetching what it has. */
  owed(conversation: string): Letter[] {
    return [...this.#letters.values()].filter(
      (letter) => letter.conversation === conversation && letter.acknowledged !== null,
    );
  }

  /** What is wrong with a conversation as members read it; `owed` was taken before. */
  faultsOfMembers(messages: MemberMessage[], owed: Letter[]): string[] {
    const faults: string[] = [];
    messages.forEach(({ position, id }, index) => {
      if (position !== index + 1)
        faults.push(`message ${id} has position ${position}, not ${index + 1}`);
      if (id <= (messages[index - 1]?.id ?? 0))
        faults.push(`message ${id} has an older neighbour that is younger`);
    });
    const written = messages.filter((it) => it.message_type !== ACTIVITY);
    faults.push(...this.#faultsOfOrder(written), ...this.#faultsOfContent(written));
    const byEcho = new Map(written.map((message) => [message.echo_id, message]));
    for (const { echoId, writer, acknowledged } of owed) {
      const message = byEcho.get(echoId);
      if (!message) faults.push(`${echoId} was acknowledged, and is lost`);
      else if (writer.startsWith('member') && message.id !== acknowledged)
        faults.push(`${echoId} was acknowledged as ${acknowledged}, and is ${message.id} now`);
    }
    return faults;
  }

  /** What is wrong with a conversation as its visitor reads it, beside what members read. */
  faultsOfVisitor(seen: VisitorMessage[], members: MemberMessage[], owed: Letter[]): string[] {
    const faults = seen.flatMap(({ number }, index) =>
      number === index + 1 ? [] : [`the visitor's message ${index + 1} has number ${number}`],
    );
    const words = seen.filter(({ from }) => from !== 'event').map(({ content }) => content);
    const open = members.filter((it) => it.message_type !== ACTIVITY && !it.private);
    const theirs = open.map(({ content }) => content);
    // Members' messages were fetched first, and the world went on.
    if (!isDeepStrictEqual(words.slice(0, theirs.length), theirs))
      faults.push('visitor and members read different words');
    const numbers = new Map(seen.map(({ echo_id, number }) => [echo_id, number]));
    for (const { echoId, writer, acknowledged } of owed) {
      if (writer.startsWith('visitor') && numbers.get(echoId) !== acknowledged)
        faults.push(
          `${echoId} was acknowledged as ${acknowledged}, and is ${numbers.get(echoId)} now`,
        );
    }
    return faults;
  }

  /** Each writer's letters stand in the order in which they were written, and each stands once. */
  #faultsOfOrder(written: MemberMessage[]): string[] {
    const faults: string[] = [];
    const last = new Map<string, number>();
    for (const { echo_id } of written) {
      const letter = this.#letters.get(echo_id ?? '');
      if (!letter) continue;
      const before = last.get(letter.writer) ?? 0;
      if (letter.serial === before) faults.push(`${letter.echoId} is there twice`);
      if (letter.serial < before)
        faults.push(`${letter.echoId} comes after ${letter.writer}-${before}`);
      last.set(letter.writer, Math.max(before, letter.serial));
    }
    return faults;
  }

  #faultsOfContent(written: MemberMessage[]): string[] {
    return written.flatMap(({ echo_id, content, private: isPrivate }) => {
      const letter = this.#letters.get(echo_id ?? '');
      if (!letter) return [`nobody wrote ${echo_id}: ${content}`];
      const isSame = letter.content === content && letter.isPrivate === isPrivate;
      return isSame ? [] : [`${echo_id} reads "${content}"`];
    });
  }
}
