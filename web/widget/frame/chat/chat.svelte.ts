// The chat of one page: fetches, follows events, sends, and tells components through runes what to show.
// Not rules (state.ts, timeline.ts, web/realtime) and not looks.
import { localOutboxStore, Outbox, type Item, type Pending } from '../../../realtime/outbox';
import type { Outcome } from '../../../realtime/post';
import { connectRealtime, realtimeUrl, type Connection } from '../../../realtime/socket';
import type { ServerFrame, VisitorEvent } from '../../../realtime/wire';
import { Gone, VisitorApi, type SentAnswer } from './api';
import { deliver } from './deliver';
import { Loader, type Tried } from './loader';
import type { Memory } from './memory';
import { SeenTeller, type OnScreen } from './seen';
import { emptyChat, withAnswer, withEvent, withOlder, withSeen, withSession } from './state';
import type { Draft } from './timeline';
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
  readonly ownTyping = new OwnTyping((on) => this.#sayTyping(on));
  readonly #websiteToken: string;
  readonly #visitor: Visitor;
  readonly #api: VisitorApi;
  readonly #outbox: Outbox<Draft, SentAnswer>;
  readonly #loader = new Loader(() => this.#load());
  readonly #typists = new Typists((names) => (this.typing = names));
  readonly #seen = new SeenTeller(
    () => this.#unreadOnScreen(),
    ({ conversationId, last }) => this.#api.seen(conversationId, last),
    ({ conversationId, last }) => (this.state = withSeen(this.state, conversationId, last)),
  );
  #connection: Connection | null = null;
  #epoch: string | null = null;
  #awayTimer: ReturnType<typeof setTimeout> | undefined;
  #visible = false;

  constructor(websiteToken: string, memory: Memory) {
    this.#websiteToken = websiteToken;
    this.#visitor = new Visitor(memory);
    this.#api = new VisitorApi(websiteToken, this.#visitor);
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
  write(content: string, name?: string): boolean {
    const draft: Draft = name ? { content, name } : { content };
    this.ownTyping.stop();
    return this.#outbox.add(LANE, draft) !== null;
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
    this.#visible = visible;
    void this.#seen.look();
  }

  async loadOlder(): Promise<void> {
    const { conversation, messages, more } = this.state;
    const first = messages[0];
    if (!conversation || !first || !more || this.loadingOlder) return;
    this.loadingOlder = true;
    try {
      const page = await this.#api.older(conversation.id, first.number);
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
      const session = await this.#api.session();
      this.#epoch = session.epoch;
      this.state = withSession(this.state, session);
      this.phase = 'ready';
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
    this.state = next;
    if (event.kind === 'message_created') this.#typists.stop(event.message.name);
    this.#settle();
  }

  async #send(item: Item<Draft>, signal: AbortSignal): Promise<Outcome<SentAnswer>> {
    await this.#visitor.introduce();
    const id = this.state.conversation?.id ?? null;
    const outcome = await deliver(this.#api, id, () => this.#visitor.startKey(), item, signal);
    // A request that fails is the first to know of a dead line.
    const live = this.#connection?.state.status === 'live';
    if (outcome.kind === 'later' && live) this.#connection?.nudge();
    return outcome;
  }

  #accepted({ conversation, message }: SentAnswer): void {
    const isNew = conversation.id !== this.state.conversation?.id;
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
  const { content, name } = value as Partial<Draft>;
  return typeof content === 'string' && (name === undefined || typeof name === 'string');
}
