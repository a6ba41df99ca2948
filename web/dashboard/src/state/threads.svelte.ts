// Loading one conversation's messages: the newest when it is opened, older ones when they are scrolled to, and those
// around a message that one jumps to. Not how messages are kept in order: see inbox.ts.
import { ApiError, type Conversations } from '../../../api/client';
import type { Message } from '../../../api/types';
import type { InboxHolder } from './holder.svelte';
import {
  union,
  withFetched,
  withMessages,
  withReplaced,
  withoutThreads,
  type Thread,
} from './inbox';

/** So many conversations keep their messages; who opens one more lets go of the one that was opened first. */
export const THREADS_MAX = 30;

/** `gone`: no such conversation, or none that this member may see. */
export type Opening = 'loading' | 'ready' | 'failed' | 'gone';

/** The state of one conversation's messages. */
export interface ThreadLoad {
  readonly opening: Opening;
  readonly older: 'idle' | 'loading' | 'failed';
  readonly newer: 'idle' | 'loading' | 'failed';
}

const UNLOADED: ThreadLoad = { opening: 'loading', older: 'idle', newer: 'idle' };

/** All opened conversations of one account. */
export class Threads {
  readonly #holder: InboxHolder;
  readonly #api: Conversations;
  #loads: ReadonlyMap<number, ThreadLoad> = $state.raw(new Map());
  /** Parts of conversations far from their newest messages, without a gap inside, because one jumped there. */
  #windows: ReadonlyMap<number, Thread> = $state.raw(new Map());
  /** The conversations that were opened, the latest last. */
  #opened: readonly number[] = [];

  constructor(holder: InboxHolder, api: Conversations) {
    this.#holder = holder;
    this.#api = api;
  }

  of(id: number): ThreadLoad {
    return this.#loads.get(id) ?? UNLOADED;
  }

  /** The messages to show: the newest ones, or those around a message that one jumped to. */
  shown(id: number): Thread {
    return this.#windows.get(id) ?? this.#holder.inbox.threads.get(id) ?? [];
  }

  /** Whether the shown messages end before the newest ones. */
  isApart(id: number): boolean {
    return this.#windows.has(id);
  }

  /** Loads conversation and newest messages, unless that was done: since then events have kept them up. */
  async open(id: number): Promise<void> {
    this.#keepLatest(id);
    const { opening } = this.#loads.get(id) ?? { opening: 'failed' };
    if (opening === 'loading' || opening === 'ready') return;
    this.#set(id, { opening: 'loading' });
    try {
      const [conversation, page] = await Promise.all([
        this.#api.read(id),
        this.#api.messages(id, null),
      ]);
      this.#holder.change((inbox) =>
        withMessages(withFetched(inbox, conversation), id, page.payload),
      );
      this.#set(id, { opening: 'ready' });
    } catch (error) {
      const gone = error instanceof ApiError && (error.status === 404 || error.status === 403);
      this.#set(id, { opening: gone ? 'gone' : 'failed' });
    }
  }

  /** Whether messages before the shown ones exist. Positions count from 1 without a hole. */
  hasOlder(id: number): boolean {
    const first = this.shown(id)[0];
    return first !== undefined && first.position > 1;
  }

  /** Loads the page before the first shown message. `applying` runs right before they appear. */
  async loadOlder(id: number, applying: () => void): Promise<void> {
    const first = this.shown(id)[0];
    if (!first || first.position <= 1 || this.of(id).older === 'loading') return;
    this.#set(id, { older: 'loading' });
    try {
      const page = await this.#api.messages(id, first.id);
      // Who jumped elsewhere meanwhile does not see what these come before: between them would be a gap.
      if (this.shown(id)[0]?.id === first.id) {
        applying();
        this.#add(id, page.payload);
      }
      this.#set(id, { older: 'idle' });
    } catch {
      this.#set(id, { older: 'failed' });
    }
  }

  /** Loads the page after the last shown message, when one jumped away from the newest. */
  async loadNewer(id: number): Promise<void> {
    const last = this.#windows.get(id)?.at(-1);
    if (!last || this.of(id).newer === 'loading') return;
    this.#set(id, { newer: 'loading' });
    try {
      const page = await this.#api.messagesAfter(id, last.id);
      if (this.#windows.get(id)?.at(-1)?.id === last.id) this.#add(id, page.payload);
      this.#set(id, { newer: 'idle' });
    } catch {
      this.#set(id, { newer: 'failed' });
    }
  }

  /**
   * Shows the messages around one of them, of a conversation that is open. False when it is not there. Throws what
   * the requests throw.
   */
  async jump(id: number, message: number): Promise<boolean> {
    if (this.shown(id).some((one) => one.id === message)) return true;
    if (this.#holder.inbox.threads.get(id)?.some((one) => one.id === message)) {
      this.toNewest(id);
      return true;
    }
    const around = await this.#around(id, message);
    if (!around.some((one) => one.id === message)) return false;
    this.#window(id, around);
    return true;
  }

  /** Back to the newest messages. */
  toNewest(id: number): void {
    const windows = new Map(this.#windows);
    windows.delete(id);
    this.#windows = windows;
  }

  /** A message has changed, wherever it is shown: the inbox does not know those apart from the newest ones. */
  replace(message: Message): void {
    const id = message.conversation_id;
    this.#holder.change((inbox) => withReplaced(inbox, message));
    const window = this.#windows.get(id);
    if (!window?.some((one) => one.id === message.id)) return;
    const next = window.map((one) => (one.id === message.id ? message : one));
    this.#windows = new Map(this.#windows).set(id, next);
  }

  /** Forgets what was loaded. */
  reset(): void {
    this.#loads = new Map();
    this.#windows = new Map();
    this.#opened = [];
  }

  /** Somebody reads this one: those that were left long ago are forgotten. */
  #keepLatest(id: number): void {
    this.#opened = [...this.#opened.filter((one) => one !== id), id];
    const old = this.#opened.slice(0, -THREADS_MAX);
    if (old.length === 0) return;
    this.#opened = this.#opened.slice(-THREADS_MAX);
    const [loads, windows] = [new Map(this.#loads), new Map(this.#windows)];
    for (const one of old) {
      loads.delete(one);
      windows.delete(one);
    }
    [this.#loads, this.#windows] = [loads, windows];
    this.#holder.change((inbox) => withoutThreads(inbox, old));
  }

  /** The page that ends before the message, and the one that begins with it. */
  async #around(id: number, message: number): Promise<readonly Message[]> {
    const { payload: before } = await this.#api.messages(id, message);
    const last = before.at(-1);
    if (last) return union(before, (await this.#api.messagesAfter(id, last.id)).payload);
    // Nothing is before it: it is the first, or not there. Pages leave out the message that they are asked by.
    const { payload: after } = await this.#api.messagesAfter(id, message);
    const next = after[0];
    return next ? union((await this.#api.messages(id, next.id)).payload, after) : [];
  }

  #add(id: number, messages: readonly Message[]): void {
    const window = this.#windows.get(id);
    if (window) this.#window(id, union(window, messages));
    else this.#holder.change((inbox) => withMessages(inbox, id, messages));
  }

  /** Shows these apart, unless they reach the newest ones: then they are a part of those. */
  #window(id: number, messages: readonly Message[]): void {
    const newest = this.#holder.inbox.threads.get(id) ?? [];
    const [last, first] = [messages.at(-1), newest[0]];
    if (last && first && last.position < first.position - 1) {
      this.#windows = new Map(this.#windows).set(id, messages);
      return;
    }
    this.#holder.change((inbox) => withMessages(inbox, id, messages));
    this.toNewest(id);
  }

  #set(id: number, change: Partial<ThreadLoad>): void {
    this.#loads = new Map(this.#loads).set(id, { ...this.of(id), ...change });
  }
}
