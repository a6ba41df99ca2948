// Messages that a member deletes: out of sight at once, gone for good a little later, so that it can be taken back until
// then. Not what is said about it: see thread/changes.ts.
import type { Conversations } from '../../../api/client';
import type { Message } from '../../../api/types';
import type { Thread } from './inbox';

/** So long a deletion can be taken back, in milliseconds: as long as a toast stays. */
export const DELETE_AFTER_MS = 7_000;

interface DeletionsOptions {
  api: Pick<Conversations, 'deleteMessage'>;
  /** The server deleted it. */
  onDeleted(message: Message): void;
}

interface Waiting {
  readonly message: Message;
  /** It is there again, because of this. */
  readonly onFailed: (error: unknown) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** The deletions of one account that are not done yet. */
export class Deletions {
  readonly #options: DeletionsOptions;
  /** By message, those that can be taken back. */
  #waiting: ReadonlyMap<number, Waiting> = $state.raw(new Map());
  /** By message, those that cannot any more, and have no answer yet. */
  #leaving: ReadonlyMap<number, Message> = $state.raw(new Map());
  /** Those on their way to the server. */
  readonly #running = new Set<Promise<void>>();
  readonly #leave = () => this.#sendAll();

  constructor(options: DeletionsOptions) {
    this.#options = options;
    window.addEventListener('pagehide', this.#leave);
  }

  /** Takes it out of sight, and deletes it unless that is taken back in time. */
  add(message: Message, onFailed: Waiting['onFailed']): void {
    if (this.#waiting.has(message.id) || this.#leaving.has(message.id)) return;
    const timer = setTimeout(() => this.#send(message, onFailed), DELETE_AFTER_MS);
    this.#waiting = new Map(this.#waiting).set(message.id, { message, onFailed, timer });
  }

  /** Whether it can be taken back. */
  isWaiting(id: number): boolean {
    return this.#waiting.has(id);
  }

  /** Takes it back. */
  undo(id: number): void {
    clearTimeout(this.#waiting.get(id)?.timer);
    this.#waiting = without(this.#waiting, id);
  }

  /** The messages as they are after all deletions. */
  after(messages: Thread): Thread {
    if (this.#waiting.size === 0 && this.#leaving.size === 0) return messages;
    return messages.map((one) =>
      this.#waiting.has(one.id) || this.#leaving.has(one.id) ? deleted(one) : one,
    );
  }

  /** Deletes what waits now; done when the server has answered for all of it. */
  async flush(): Promise<void> {
    this.#sendAll();
    await Promise.all(this.#running);
  }

  /** Deletes what waits now: nobody is there any more to take it back. */
  close(): void {
    window.removeEventListener('pagehide', this.#leave);
    this.#sendAll();
  }

  #sendAll(): void {
    for (const { message, onFailed } of this.#waiting.values()) this.#send(message, onFailed);
  }

  #send(message: Message, onFailed: Waiting['onFailed']): void {
    const running = this.#run(message, onFailed);
    this.#running.add(running);
    void running.finally(() => this.#running.delete(running));
  }

  async #run(message: Message, onFailed: Waiting['onFailed']): Promise<void> {
    this.undo(message.id);
    this.#leaving = new Map(this.#leaving).set(message.id, message);
    try {
      await this.#options.api.deleteMessage(message.conversation_id, message.id);
      this.#options.onDeleted(deleted(message));
    } catch (error) {
      onFailed(error);
    } finally {
      this.#leaving = without(this.#leaving, message.id);
    }
  }
}

/** What is left of a deleted message: its place. */
function deleted(message: Message): Message {
  return {
    ...message,
    content: '',
    attachments: [],
    content_attributes: { ...message.content_attributes, deleted: true },
  };
}

function without<Value>(all: ReadonlyMap<number, Value>, id: number): ReadonlyMap<number, Value> {
  const rest = new Map(all);
  rest.delete(id);
  return rest;
}
