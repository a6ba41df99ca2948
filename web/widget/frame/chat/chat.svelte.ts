// The chat of one page: fetches, follows events, sends, and tells components through runes what to show.
// Not rules (state.ts, timeline.ts, web/realtime) and not looks.
import { localOutboxStore, Outbox, type Item, type Pending } from '../../../realtime/outbox';
import type { Outcome } from '../../../realtime/post';
import { randomId } from '../../../realtime/random-id';
import { connectRealtime, realtimeUrl, type Connection } from '../../../realtime/socket';
import type { ServerFrame, VisitorEvent } from '../../../realtime/wire';
import { Gone, VisitorApi, type SentAnswer } from './api';
import { deliver } from './deliver';
import { Loader, type Tried } from './loader';
import type { Memory } from './memory';
import { SeenTeller, type OnScreen } from './seen';
import { emptyChat, withAnswer, withEvent, withOlder, withSeen, withSession } from './state';
import { firstUnread, type Draft } from './timeline';
import { OwnTyping, Typists } from './typing';
import { Visitor } from './visitor';

/** A line that is away for less than this is nobody's business. */
const AWAY_MS = 2_000;
/** All messages of a visitor go one after the other. */
const LANE = 'visitor';

/** `new`: this browser never wrote. `gone`: the website has no chat (any more). */
export type Phase = 'new' | 'loading' | 'ready' | 'unreachable' | 'gone';

/** One visitor's chat on one website. */
export class Chat {
  phase = $state.raw<Phase>('new');
  state = $state.raw(emptyChat);
  pending = $state.raw<Pending<Draft>[]>([]);
  /** Names of members who are typing. */
  typing = $state.raw<string[]>([]);
  /** The line has been away long enough to say so. */
  away = $state.raw(false);
  loadingOlder = $state.raw(false);
  /** Number of the first message that was not read when the chat was opened. */
  unreadFrom = $state.raw<number | null>(null);
  /** The key of a conversation that begins with the next message, beside the one that ended. */
  anew = $state.raw<string | null>(null);
  /** Where the visitor is on the website. */
  page: Record<string, string> = { language: navigator.language };
  readonly ownTyping = new OwnTyping((on) => this.#sayTyping(on));
  readonly #websiteToken: string;
  readonly #visitor: Visitor;
  readonly api: VisitorApi;
  readonly #heard: (what: 'sent' | 'received') => void;
  readonly #outbox: Outbox<Draft, SentAnswer>;
  readonly #loader = new Loader(() => this.#load());
  readonly #typists = new Typists((names) => (this.typing = names));
  readonly #seen = new SeenTeller(
    () => this.#unreadOnScreen(),
    ({ conversationId, last }) => this.api.seen(conversationId, last),
    ({ conversationId, last }) => (this.state = withSeen(this.state, conversationId, last)),
  );
  #connection: Connection | null = null;
  #epoch: string | null = null;
  #awayTimer: ReturnType<typeof setTimeout> | undefined;
  #visible = false;

  /** @param heard told of each message that the server took from here, or brought */
  constructor(websiteToken: string, memory: Memory, heard: (what: 'sent' | 'received') => void) {
    this.#heard = heard;
    this.#websiteToken = websiteToken;
    this.#visitor = new Visitor(memory);
    this.api = new VisitorApi(websiteToken, this.#visitor);
    this.#outbox = new Outbox<Draft, SentAnswer>({
      store: localOutboxStore(`${memory.prefix}:outbox`, isDraft),
      send: (item, signal) => this.#send(item, signal),
      onAccepted: (_item, answer) => this.#accepted(answer),
      onChange: (pending) => this.#pendingChanged(pending),
    });
    this.pending = this.#outbox.pending();
    this.#visitor.watch(() => this.#loader.load());
    if (this.#visitor.token !== null) {
      this.phase = 'loading';
      this.#loader.load();
    }
  }

  /** Unread messages of this visitor, none while the chat is looked at. */
  get unread(): number {
    return this.state.conversation?.unread_count ?? 0;
  }

  /** False when too much is waiting already: keep the text then. */
  write(draft: Draft): boolean {
    this.ownTyping.stop();
    const anew = this.anew === null ? {} : { anew: this.anew };
    return this.#outbox.add(LANE, { ...draft, ...anew }) !== null;
  }

  /** The next message begins a conversation of its own. What ended stays with the server. */
  startAnew(): void {
    this.anew = randomId();
    this.state = { ...emptyChat, cursor: this.state.cursor };
    this.unreadFrom = null;
  }

  /** Makes this browser somebody to the server, before it says or brings anything. */
  introduce(): Promise<void> {
    return this.#visitor.introduce();
  }

  /** Says who the visitor is; rejects with a sentence. */
  async identify(person: Record<string, unknown>): Promise<void> {
    await this.#visitor.introduce();
    await this.api.identify(person);
    this.#loader.load();
  }

  retry(echoId: string): void {
    this.#outbox.retry(echoId);
  }

  remove(echoId: string): void {
    this.#outbox.remove(echoId);
  }

  /** Tries to reach the server now. */
  again(): void {
    if (this.phase === 'unreachable') this.phase = 'loading';
    this.#loader.load();
    this.#outbox.wake();
    this.#connection?.nudge();
  }

  /** Whether the reader can see the messages now. */
  setVisible(visible: boolean): void {
    if (visible && !this.#visible) this.#markUnread();
    this.#visible = visible;
    void this.#seen.look();
  }

  /** Remembers where the new messages begin, before reading them makes them old. */
  #markUnread(): void {
    this.unreadFrom = firstUnread(this.state.messages, this.unread);
  }

  async loadOlder(): Promise<void> {
    const { conversation, messages, more } = this.state;
    const first = messages[0];
    if (!conversation || !first || !more || this.loadingOlder) return;
    this.loadingOlder = true;
    try {
      const page = await this.api.older(conversation.id, first.number);
      if (this.state.conversation?.id === conversation.id) {
        this.state = withOlder(this.state, page.messages, page.more);
      }
    } catch {
      // Scrolling up once more tries again; the connecting line tells of the network.
    } finally {
      this.loadingOlder = false;
    }
  }

  async #load(): Promise<Tried> {
    try {
      const session = await this.api.session();
      this.#epoch = session.epoch;
      const isFirst = this.phase !== 'ready';
      // While something new is begun, what ended does not come back.
      if (this.anew === null) this.state = withSession(this.state, session);
      this.phase = 'ready';
      if (isFirst && this.#visible) this.#markUnread();
      this.#settle();
      if (session.conversation) this.#connect();
      return 'done';
    } catch (error) {
      if (error instanceof Gone) this.phase = 'gone';
      else if (this.state.conversation === null) this.phase = 'unreachable';
      return error instanceof Gone ? 'stop' : 'again';
    }
  }

  #connect(): void {
    if (this.#connection && this.#connection.state.status !== 'stopped') return;
    this.#connection = connectRealtime<VisitorEvent>({
      url: realtimeUrl(),
      hello: () => ({
        type: 'hello',
        v: 1,
        visitor: { website_token: this.#websiteToken, token: this.#visitor.need() },
        epoch: this.#epoch,
        cursor: this.state.cursor,
      }),
      onFrame: (frame) => this.#hear(frame),
      onState: ({ status }) => {
        if (status === 'live') {
          clearTimeout(this.#awayTimer);
          this.#awayTimer = undefined;
          this.away = false;
          this.#outbox.wake();
          void this.#seen.look();
          // Counted from the moment it went away, however often it is tried since.
        } else this.#awayTimer ??= setTimeout(() => (this.away = true), AWAY_MS);
      },
    });
  }

  #hear(frame: ServerFrame<VisitorEvent>): void {
    if (frame.type === 'reload') this.#loader.load();
    if (frame.type === 'typing') this.#typists.hear(frame);
    if (frame.type !== 'event') return;
    const { seq, event } = frame;
    const next = withEvent(this.state, seq, event);
    if (next === null) return this.#loader.load();
    const isNew = next.messages.length > this.state.messages.length;
    this.state = next;
    if (event.kind === 'message_created') {
      this.#typists.stop(event.message.name);
      if (isNew && /agent|contact/.test(event.message.from)) this.#heard('received');
    }
    this.#settle();
  }

  async #send(item: Item<Draft>, signal: AbortSignal): Promise<Outcome<SentAnswer>> {
    await this.#visitor.introduce();
    const id = this.state.conversation?.id ?? null;
    const outcome = await deliver(
      this.api,
      id,
      () => this.#visitor.startKey(),
      item,
      signal,
      this.page,
    );
    // A request that fails is the first to know of a dead line.
    const live = this.#connection?.state.status === 'live';
    if (outcome.kind === 'later' && live) this.#connection?.nudge();
    return outcome;
  }

  #accepted({ conversation, message }: SentAnswer): void {
    const isNew = conversation.id !== this.state.conversation?.id;
    this.anew = null;
    this.#heard('sent');
    this.state = withAnswer(this.state, conversation, message);
    this.phase = 'ready';
    // Epoch and cursor of a new conversation, and what others wrote meanwhile.
    if (isNew) this.#loader.load();
  }

  #pendingChanged(pending: Pending<Draft>[]): void {
    const emptied = this.pending.length > 0 && pending.length === 0;
    this.pending = pending;
    // Another tab has sent what began the conversation.
    if (emptied && this.state.conversation === null) this.#loader.load();
  }

  /** Tells the outbox which messages the server has. */
  #settle(): void {
    for (const message of this.state.messages) this.#outbox.settle(message.echo_id);
    void this.#seen.look();
  }

  #unreadOnScreen(): OnScreen | null {
    const { conversation, messages } = this.state;
    const last = messages.at(-1)?.number;
    if (!this.#visible || !conversation?.unread_count || !last) return null;
    return { conversationId: conversation.id, last };
  }

  #sayTyping(on: boolean): void {
    const conversation = this.state.conversation;
    if (conversation) {
      this.#connection?.send({ type: 'typing', conversation_id: conversation.id, on });
    }
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  const { content, name, email, files, anew } = value as Partial<Draft>;
  const isText = (it: unknown) => it === undefined || typeof it === 'string';
  const areFiles = files === undefined || Array.isArray(files);
  return typeof content === 'string' && areFiles && [name, email, anew].every(isText);
}
