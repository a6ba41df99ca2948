// Reads one conversation as members and as its visitor see it, and compares both with what is owed. Between full readings
// only what is new is fetched, so that a long run does not spend its time on reading the same again.
import type { MemberCalls, MemberMessage, VisitorMessage } from '../support/rest.ts';
import type { Ledger } from './ledger.ts';
import type { Begun } from './writers.ts';

/** One conversation, as far as it was read. */
export class Reader {
  readonly #begun: Begun;
  #members: MemberMessage[] = [];
  #visitor: VisitorMessage[] = [];

  constructor(begun: Begun) {
    this.#begun = begun;
  }

  /** The newest words in it. */
  get last(): string {
    return this.#members.at(-1)?.content ?? '';
  }

  /** How many messages there are, events among them. */
  get length(): number {
    return this.#members.length;
  }

  /** Reads what is new, or all of it, and returns what is wrong. */
  async faults(member: MemberCalls, ledger: Ledger, isFull: boolean): Promise<string[]> {
    const { id, uuid, visitor, name } = this.#begun;
    const owed = ledger.owed(uuid);
    const keptMembers = isFull ? [] : this.#members;
    const keptVisitor = isFull ? [] : this.#visitor;
    const members = await member.messages(id, keptMembers.at(-1)?.id);
    const seen = await visitor.messages(keptVisitor.at(-1)?.number);
    this.#members = [...keptMembers, ...members];
    this.#visitor = [...keptVisitor, ...seen];
    return [
      ...ledger.faultsOfMembers(this.#members, owed),
      ...ledger.faultsOfVisitor(this.#visitor, this.#members, owed),
    ].map((fault) => `conversation ${id} (${name}): ${fault}`);
  }
}
