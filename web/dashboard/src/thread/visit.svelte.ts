// One visit to a conversation: where the reader left off before it, the message they came for, and what arrives
// meanwhile. Ends with the thread that shows it. Not the messages: see state/threads.
import { ApiError } from '../../../api/client';
import { MESSAGE_TYPE } from '../../../api/types';
import type { Account } from '../state/account.svelte';
import { toasts } from '../ui/toasts.svelte';
import { words } from '../words';
import { Arrivals } from './arrivals';
import { isFrom } from './bubbles';
import { firstUnread } from './entries';
import { threadWords } from './words';

export class Visit {
  readonly #account: Account;
  readonly #id: number;
  readonly #arrivals = new Arrivals();
  /** How many messages of contacts were read and there when the reader came; null when it does not matter. */
  #left: { read: number; there: number } | null = $state.raw(null);
  #isHere = false;
  /** The newest message that was there, by position. */
  #newest: number | null = null;
  /** The message that one came for. */
  highlight: number | null = $state(null);

  constructor(account: Account, id: number) {
    this.#account = account;
    this.#id = id;
  }

  /** The id of the first message that the reader had not seen; null for none. */
  get firstNew(): number | null {
    const conversation = this.#account.inbox.conversations.get(this.#id);
    if (!this.#left || !conversation || this.#account.threads.isApart(this.#id)) return null;
    // What came under the reader's eyes is not new to them.
    if (this.#left.read >= this.#left.there) return null;
    const shown = this.#account.threads.shown(this.#id);
    return firstUnread(shown, conversation.incoming_count, this.#left.read);
  }

  /** The conversation is on show; `isHere`: somebody looks at it. Call it before it is marked as read. */
  look(isHere: boolean): void {
    const conversation = this.#account.inbox.conversations.get(this.#id);
    if (!conversation || conversation.read_count === null) return;
    if (!isHere) this.#left = { read: conversation.read_count, there: Infinity };
    else if (!this.#isHere)
      this.#left = {
        read: this.#left?.read ?? conversation.read_count,
        there: conversation.incoming_count,
      };
    this.#isHere = isHere;
  }

  /** The reader wrote: they have seen what is above. */
  wrote(): void {
    this.#left = null;
    this.#account.threads.toNewest(this.#id);
  }

  /** Tells a screen reader of what has come since the last call. */
  hear(): void {
    const thread = this.#account.inbox.threads.get(this.#id) ?? [];
    const before = this.#newest;
    this.#newest = thread.at(-1)?.position ?? 0;
    if (before === null) return;
    for (const message of thread) {
      const isOwn = isFrom(message, this.#account.me);
      if (message.position <= before || isOwn || message.message_type === MESSAGE_TYPE.activity)
        continue;
      this.#arrivals.hear(message.sender?.name || words.visitor, message.content);
    }
  }

  /** To the message that one came for. */
  async jump(message: number): Promise<void> {
    try {
      if (await this.#account.threads.jump(this.#id, message)) this.highlight = message;
      else toasts.show(threadWords.jumpGone);
    } catch (error) {
      const isRefused = error instanceof ApiError;
      toasts.show(isRefused ? words.thread.refused(error.message) : threadWords.jumpFailed);
    }
  }

  close(): void {
    this.#arrivals.close();
  }
}
