// Loading one conversation's messages: the newest when it is opened, older ones when they are scrolled to.
// Not how messages are kept in order: see inbox.ts.
import { ApiError, type Conversations } from '../../../api/client';
import type { InboxHolder } from './holder.svelte';
import { withFetched, withMessages } from './inbox';

/** `gone`: no such conversation, or none that this member may see. */
export type Opening = 'loading' | 'ready' | 'failed' | 'gone';

/** The state of one conversation's messages. */
export interface ThreadLoad {
  readonly opening: Opening;
  readonly older: 'idle' | 'loading' | 'failed';
}

/** All opened conversations of one account. */
export class Threads {
  readonly #holder: InboxHolder;
  readonly #api: Conversations;
  #loads: ReadonlyMap<number, ThreadLoad> = $state.raw(new Map());
  readonly #completing = new Set<number>();

  constructor(holder: InboxHolder, api: Conversations) {
    this.#holder = holder;
    this.#api = api;
  }

  of(id: number): ThreadLoad {
    return this.#loads.get(id) ?? { opening: 'loading', older: 'idle' };
  }

  /** Loads conversation and newest messages, unless that was done: since then events have kept them up. */
  async open(id: number): Promise<void> {
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

  /** Whether messages before the loaded ones exist. Positions count from 1 without a hole. */
  hasOlder(id: number): boolean {
    const first = this.#holder.inbox.threads.get(id)?.[0];
    return first !== undefined && first.position > 1;
  }

  /** Loads the page before the first loaded message. `applying` runs right before they appear. */
  async loadOlder(id: number, applying: () => void): Promise<void> {
    const first = this.#holder.inbox.threads.get(id)?.[0];
    if (!first || first.position <= 1 || this.of(id).older === 'loading') return;
    this.#set(id, { older: 'loading' });
    try {
      const page = await this.#api.messages(id, first.id);
      applying();
      this.#holder.change((inbox) => withMessages(inbox, id, page.payload));
      this.#set(id, { older: 'idle' });
    } catch {
      this.#set(id, { older: 'failed' });
    }
  }

  /** Fetches a conversation that an event told of, for what events leave out. */
  async complete(id: number): Promise<void> {
    if (this.#completing.has(id)) return;
    this.#completing.add(id);
    try {
      const conversation = await this.#api.read(id);
      this.#holder.change((inbox) => withFetched(inbox, conversation));
    } catch {
      // Its unread count stays unknown, which shows as none, until its next event, or until it is opened or listed.
    } finally {
      this.#completing.delete(id);
    }
  }

  /** Forgets what was loaded. */
  reset(): void {
    this.#loads = new Map();
  }

  #set(id: number, change: Partial<ThreadLoad>): void {
    this.#loads = new Map(this.#loads).set(id, { ...this.of(id), ...change });
  }
}
