// Visitors and members who write without a pause, and repeat each message until the server has said yes. Not the checks.
import { MemberCalls, VisitorCalls } from '../support/rest.ts';
import type { Desk } from '../support/desk.ts';
import type { Gate } from './gate.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';

/** A conversation that has begun. */
export interface Begun {
  /** Its number among members. */
  id: number;
  uuid: string;
  visitor: VisitorCalls;
  name: string;
}

/** Notes among the members' messages, in percent. */
const NOTES = 20;

/** Everybody who writes over REST. */
export class Writers {
  readonly begun: Begun[] = [];
  readonly #desk: Desk;
  readonly #gate: Gate;
  readonly #ledger: Ledger;
  readonly #random: Random;
  readonly #running: Promise<void>[] = [];
  #visitors = 0;
  #stopped = false;

  constructor(desk: Desk, gate: Gate, ledger: Ledger, random: Random) {
    this.#desk = desk;
    this.#gate = gate;
    this.#ledger = ledger;
    this.#random = random;
  }

  /** How many visitors came, with a conversation or on the way to one. */
  get visitors(): number {
    return this.#visitors;
  }

  addVisitor(): void {
    this.#visitors += 1;
    this.#running.push(this.#visit(`visitor${this.#visitors}`));
  }

  addMember(writer: string, apiToken: string): void {
    const member = new MemberCalls(this.#desk.server.url, this.#desk.accountId, apiToken);
    this.#running.push(this.#answer(`member-${writer}`, member));
  }

  /** Resolves when all have finished their last letter; rejects as soon as one is refused. */
  async finished(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** Nobody begins another letter. */
  stop(): void {
    this.#stopped = true;
  }

  async #visit(name: string): Promise<void> {
    const visitor = new VisitorCalls(this.#desk.server.url, this.#desk.websiteToken);
    const first = this.#ledger.enter(name, null, false);
    const { echoId } = first;
    await this.#gate.insist(() => visitor.begin(first.content, { name, echoId }));
    const uuid = visitor.conversation;
    if (uuid === null) throw new Error('a conversation began without an id');
    first.conversation = uuid;
    first.acknowledged = 1;
    const priya = new MemberCalls(
      this.#desk.server.url,
      this.#desk.accountId,
      this.#desk.priya.apiToken,
    );
    const all = await this.#gate.insist(() => priya.conversations());
    const id = all.find((one) => one.uuid === uuid)?.id;
    if (id === undefined) throw new Error(`the conversation of ${name} is not in the list`);
    this.begun.push({ id, uuid, visitor, name });
    while (!this.#stopped) {
      const letter = this.#ledger.enter(name, uuid, false);
      const sent = await this.#gate.insist(() => visitor.say(letter.content, letter.echoId));
      letter.acknowledged = sent.number;
    }
  }

  async #answer(writer: string, member: MemberCalls): Promise<void> {
    while (!this.#stopped) {
      const to = this.#random.pick(this.begun);
      // Nothing to answer yet: asking the list counts as a try, too.
      if (!to) {
        await this.#gate.insist(() => member.conversations());
        continue;
      }
      const letter = this.#ledger.enter(writer, to.uuid, this.#random.chance(NOTES));
      const { content, echoId, isPrivate } = letter;
      const sent = await this.#gate.insist(() => member.say(to.id, content, { echoId, isPrivate }));
      letter.acknowledged = sent.id;
    }
  }
}
