// Kills the server again and again while people write: nothing that it said yes to may be lost, doubled or moved, and open
// browsers carry on by themselves. ROUNDS kills; SEED draws the plan. Not power failures of the disk itself.
import { setTimeout as wait } from 'node:timers/promises';
import { Chat } from '../support/chat.ts';
import { Dashboard } from '../support/dashboard.ts';
import type { Desk } from '../support/desk.ts';
import type { People } from '../support/people.ts';
import { MemberCalls } from '../support/rest.ts';
import { expect, test } from '../support/test.ts';
import { Gate } from './gate.ts';
import { Ledger } from './ledger.ts';
import { Random } from './random.ts';
import { Reader } from './reader.ts';
import { Writers } from './writers.ts';

const ROUNDS = Number(process.env.ROUNDS || 5);
const SEED = Number(process.env.SEED || Math.floor(Math.random() * 2 ** 31));
/** Visitors over REST; one more sits at a browser. */
const VISITORS_MAX = 8;
/** Tries of all writers together before a kill. */
const TRIES_MAX = 120;
/** Kills that hit a server which is just starting, in percent, and how soon, in milliseconds. */
const EARLY_KILLS = 25;
const EARLY_MS_MAX = 150;
/** Every so many rounds everything is read from its beginning. */
const FULL_EVERY = 20;
/** Rounds in which the people at browsers write: few enough that a page shows all of it without scrolling. */
const BROWSER_ROUNDS = 8;
const ROUND_MS = 15_000;
/** Lines of the story that a failure prints. */
const STORY_LINES = 40;
/** One fault often brings many. */
const FAULTS_SHOWN = 20;

test(`${ROUNDS} kills lose, double and move nothing`, async ({ desk, people }, info) => {
  info.setTimeout(90_000 + ROUNDS * ROUND_MS);
  console.log(`crash test: ROUNDS=${ROUNDS} SEED=${SEED}`);
  const story: string[] = [];
  try {
    await new Run(desk, story).play(people);
  } catch (error) {
    console.log(`SEED=${SEED}, the end of the story:\n${story.slice(-STORY_LINES).join('\n')}`);
    throw error;
  }
  console.log(story.at(-1));
});

class Run {
  readonly #desk: Desk;
  readonly #story: string[];
  readonly #random = new Random(SEED);
  readonly #gate = new Gate();
  readonly #ledger = new Ledger();
  readonly #writers: Writers;
  readonly #member: MemberCalls;
  readonly #readers = new Map<string, Reader>();
  /** What the people at browsers wrote. */
  readonly #spoken: string[] = [];

  constructor(desk: Desk, story: string[]) {
    this.#desk = desk;
    this.#story = story;
    // A generator of their own: how often writers ask must not change when the kills come.
    this.#writers = new Writers(desk, this.#gate, this.#ledger, new Random(SEED + 1));
    this.#member = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  }

  async play(people: People): Promise<void> {
    const { chat, maya } = await this.#seatPeople(people);
    this.#writers.addVisitor();
    this.#writers.addMember('maya', this.#desk.maya.apiToken);
    this.#writers.addMember('priya', this.#desk.priya.apiToken);
    const stride = Math.max(1, Math.ceil(ROUNDS / BROWSER_ROUNDS));
    for (let round = 1; round <= ROUNDS; round += 1) {
      if (this.#writers.visitors < VISITORS_MAX && this.#random.chance(50))
        this.#writers.addVisitor();
      const speaks = round % stride === 0;
      if (speaks) await this.#speak(chat, `Widget in round ${round}`);
      await this.#kill(round);
      if (speaks) await this.#speak(maya, `Dashboard in round ${round}`);
      await this.#revive(round);
      // Who waited for the server waits for the readers, too: a long run is for kills, not for reading.
      await this.#check(round % FULL_EVERY === 0);
      this.#gate.open();
    }
    this.#writers.stop();
    await this.#writers.finished();
    await this.#check(true);
    await this.#lookAtBrowsers(chat, maya);
    const messages = [...this.#readers.values()].reduce((sum, { length }) => sum + length, 0);
    const sure = `${this.#ledger.acknowledged} acknowledged, ${messages} messages in ${this.#readers.size} conversations`;
    this.#story.push(`${ROUNDS} kills, SEED=${SEED}: ${sure}, all there once and in order`);
  }

  /** A visitor at a widget and Maya at her dashboard, with each other's conversation open. */
  async #seatPeople(people: People): Promise<{ chat: Chat; maya: Dashboard }> {
    const chat = Chat.behindBubble(await people.newBrowser());
    await chat.page.goto(this.#desk.site.url);
    await chat.open();
    await chat.begin('Hello from the widget', 'Anna');
    const maya = new Dashboard(await people.newBrowser(), this.#desk.server.url);
    await maya.logIn(this.#desk.maya);
    await maya.goTo('All open');
    await maya.open('Anna');
    this.#spoken.push('Hello from the widget');
    return { chat, maya };
  }

  async #speak(person: Chat | Dashboard, words: string): Promise<void> {
    await person.say(words);
    this.#spoken.push(words);
  }

  async #kill(round: number): Promise<void> {
    const tries = 1 + this.#random.below(TRIES_MAX);
    // Whoever is refused ends the run here, not at a kill that never comes.
    await Promise.race([this.#gate.afterTries(tries), this.#writers.finished()]);
    await this.#desk.server.kill();
    this.#gate.close();
    this.#story.push(
      `round ${round}: killed after ${tries} tries, ${this.#ledger.acknowledged} acknowledged so far`,
    );
  }

  async #revive(round: number): Promise<void> {
    const { server } = this.#desk;
    while (this.#random.chance(EARLY_KILLS)) {
      const afterMs = this.#random.below(EARLY_MS_MAX);
      const starting = server.start().catch(() => undefined);
      // No event tells of the moments of a start; any of them is one to be killed in.
      await wait(afterMs);
      await server.kill();
      await starting;
      this.#story.push(`round ${round}: killed ${afterMs} ms into its start`);
    }
    await server.start();
    this.#story.push(`round ${round}: up again`);
  }

  async #check(isFull: boolean): Promise<void> {
    for (const begun of this.#writers.begun) {
      const reader = this.#readers.get(begun.uuid) ?? new Reader(begun);
      this.#readers.set(begun.uuid, reader);
      const faults = await reader.faults(this.#member, this.#ledger, isFull);
      expect(faults.slice(0, FAULTS_SHOWN)).toEqual([]);
    }
    const conversations = await this.#member.conversations();
    // One per visitor, and Anna's; a conversation whose beginning was not acknowledged yet may be there.
    expect(conversations.length).toBeGreaterThanOrEqual(this.#writers.begun.length + 1);
    expect(conversations.length).toBeLessThanOrEqual(this.#writers.visitors + 1);
  }

  /** Nobody reloads: what the pages show now, they learnt by themselves. */
  async #lookAtBrowsers(chat: Chat, maya: Dashboard): Promise<void> {
    await chat.hasSentAll();
    await expect(maya.page.getByText('Reconnecting…')).toHaveCount(0);
    await maya.hasSentAll();
    const known = new Set([...this.#readers.keys()]);
    const conversations = await this.#member.conversations();
    const annas = conversations.find(({ uuid }) => !known.has(uuid));
    const stored = (await this.#member.messages(annas?.id ?? 0)).filter(
      (it) => it.message_type !== 2,
    );
    const words = stored.map(({ content }) => content);
    expect(words.toSorted()).toEqual(this.#spoken.toSorted());
    await chat.shows(words);
    await maya.shows(words);
    for (const { name, uuid } of this.#writers.begun) {
      await expect(maya.row(name)).toContainText(this.#readers.get(uuid)?.last ?? '');
    }
  }
}
