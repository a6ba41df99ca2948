// Stories: what people and the network do to a chat, drawn from a seed, played, judged, and shortened when they end badly.
// Not a test by itself: ../simulation.test.ts plays them.
import { Server } from './server';
import { Tab } from './tab';
import { chance, SharedStorage, World } from './world';

const TABS = 2;
const STEPS_MAX = 40;
/** After the last fault everybody must agree within this long. */
const PEACE_MS = 120_000;

const deeds = [
  'type',
  'type',
  'type',
  'type bad',
  'agent writes',
  'retry failed',
  'open',
  'close',
  'crash',
  'freeze',
  'thaw',
  'go offline',
  'go online',
  'cut',
  'hang',
  'restart',
  'trim',
  'lose requests',
  'lose answers',
  'be busy',
  'be slow',
] as const;

/** One line of a story: at a time (ms from its begin) something happens, mostly to one tab. */
export interface Deed {
  atMs: number;
  tab: number;
  what: (typeof deeds)[number];
  /** For deeds that last. */
  forMs: number;
}

/** How to bend the server, to prove that stories can end badly. */
export interface Twist {
  forgetsKeys?: boolean;
}

/** The story of a seed: two tabs are open from the beginning. */
export function tell(seed: number): Deed[] {
  const random = chance(seed);
  const upTo = (most: number) => Math.floor(random() * most);
  const length = 5 + upTo(STEPS_MAX - 5);
  let atMs = 0;
  return Array.from({ length }, () => {
    atMs += random() < 0.5 ? upTo(30) : upTo(6_000);
    const what = deeds[upTo(deeds.length)] ?? 'type';
    return { atMs, tab: upTo(TABS), what, forMs: 200 + upTo(12_000) };
  });
}

/** One line per deed, to be read in a failing test's message. */
export function print(story: Deed[]): string {
  return story
    .map(({ atMs, tab, what, forMs }) => {
      const lasting = /^(lose|be) /.test(what) ? ` for ${forMs} ms` : '';
      return `${String(atMs).padStart(7)} ms  tab ${tab}  ${what}${lasting}`;
    })
    .join('\n');
}

/** Leaves out whatever is not needed for a bad end. */
export async function shorten(
  story: Deed[],
  endsBadly: (story: Deed[]) => Promise<boolean>,
): Promise<Deed[]> {
  for (let size = Math.ceil(story.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < story.length;) {
      const without = [...story.slice(0, at), ...story.slice(at + size)];
      if (await endsBadly(without)) story = without;
      else at += size;
    }
  }
  return story;
}

/** Plays a story to its end; null when all is well, else what is wrong. */
export async function play(seed: number, story: Deed[], twist: Twist = {}): Promise<string | null> {
  const stage = new Stage(seed, twist);
  const beginMs = stage.world.nowMs;
  for (const deed of story) {
    await stage.world.runUntil(beginMs + deed.atMs);
    stage.act(deed);
  }
  return stage.conclude();
}

class Stage {
  readonly world: World;
  readonly server: Server;
  readonly storage: SharedStorage<string>;
  readonly tabs: (Tab | null)[] = [];
  /** What each tab that ever lived typed, in order, but for bad ones. */
  readonly typed: string[][] = [];
  readonly #authors: number[] = [];
  readonly #wrongs: string[] = [];

  constructor(seed: number, twist: Twist) {
    this.world = new World(seed);
    this.server = new Server(this.world);
    this.server.remembersKeys = twist.forgetsKeys !== true;
    this.storage = new SharedStorage(this.world);
    for (let place = 0; place < TABS; place += 1) this.#open(place);
    this.world.afterEach = () => {
      for (const tab of this.tabs) {
        const twice = tab?.shownTwice() ?? null;
        if (twice !== null) this.#wrongs.push(`${twice} is shown twice`);
      }
    };
  }

  act(deed: Deed): void {
    const tab = this.tabs[deed.tab] ?? null;
    const until = this.world.nowMs + deed.forMs;
    if (deed.what === 'agent writes') this.server.write('from an agent');
    else if (deed.what === 'restart') this.server.restart();
    else if (deed.what === 'trim') this.server.trimmedTo = this.server.log.length;
    else if (deed.what === 'lose requests') this.server.faults.requestsLost = until;
    else if (deed.what === 'lose answers') this.server.faults.answersLost = until;
    else if (deed.what === 'be busy') this.server.faults.busy = until;
    else if (deed.what === 'be slow') this.server.faults.slow = until;
    else if (tab) this.#actOn(tab, deed);
    else if (deed.what === 'open') this.#open(deed.tab);
  }

  /** Peace: the faults end, a tab is open, and everybody must agree. */
  async conclude(): Promise<string | null> {
    this.server.faults.requestsLost = this.server.faults.answersLost = 0;
    this.server.faults.busy = this.server.faults.slow = 0;
    for (const [place, tab] of this.tabs.entries()) {
      if (tab === null) this.#open(place);
      else {
        // No "online" event: a client must find out by itself that a silent line is dead.
        this.server.setOnline(tab.page, true);
        if (!tab.page.awake) tab.page.thaw();
      }
    }
    await this.world.runUntil(this.world.nowMs + PEACE_MS);
    for (const tab of this.tabs) tab?.removeFailed();
    await this.world.runUntil(this.world.nowMs + 1_000);
    const wrongs = [...this.#wrongs, ...this.server.complaints, ...this.#judge()];
    return wrongs[0] ?? null;
  }

  #open(place: number): void {
    this.tabs[place] = new Tab(this.world, this.server, this.storage);
    this.#authors[place] = this.typed.push([]) - 1;
  }

  #actOn(tab: Tab, deed: Deed): void {
    switch (deed.what) {
      case 'type':
        return this.#type(tab, deed.tab, 'text');
      case 'type bad':
        return this.#type(tab, deed.tab, 'bad');
      case 'retry failed':
        return tab.retryFailed();
      case 'close':
      case 'crash':
        this.tabs[deed.tab] = null;
        return tab.end(deed.what === 'crash');
      case 'freeze':
        return tab.page.freeze();
      case 'thaw':
        return tab.page.thaw();
      case 'go offline':
        return this.server.setOnline(tab.page, false);
      case 'go online':
        this.server.setOnline(tab.page, true);
        return tab.page.wake();
      case 'cut':
        return this.server.cut(tab.page, true);
      case 'hang':
        return this.server.cut(tab.page, false);
      default:
        return undefined;
    }
  }

  #type(tab: Tab, place: number, kind: 'text' | 'bad'): void {
    // Nobody types into a frozen page.
    if (!tab.page.awake) return;
    const author = this.#authors[place] ?? 0;
    const text = `${kind} ${author}.${(this.typed[author]?.length ?? 0) + 1}`;
    this.typed[author]?.push(text);
    tab.type(text);
  }

  #judge(): string[] {
    const texts = this.server.log.map((message) => message.text);
    const promised = this.typed.flat().filter((text) => text.startsWith('text'));
    const wrongs = promised
      .filter((text) => texts.filter((it) => it === text).length !== 1)
      .map((text) => `"${text}" arrived ${texts.filter((it) => it === text).length} times`);
    for (const lines of this.typed) {
      const arrived = texts.filter((text) => lines.includes(text));
      const wanted = lines.filter((text) => texts.includes(text));
      if (arrived.join() !== wanted.join()) wrongs.push(`out of order: ${arrived.join(', ')}`);
    }
    for (const [place, tab] of this.tabs.entries()) {
      if (tab?.live !== true) wrongs.push(`tab ${place} is not live in the end`);
      const shown = tab?.messages.map((message) => message.text).join() ?? '';
      if (shown !== texts.join())
        wrongs.push(`tab ${place} shows ${shown}, the log is ${texts.join()}`);
      if (tab && tab.pending.length > 0) wrongs.push(`tab ${place} still has unsent items`);
    }
    if (this.storage.items.size > 0) wrongs.push('storage still has items');
    return wrongs;
  }
}
