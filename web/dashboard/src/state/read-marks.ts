// Tells the server what the member has read: shown at once, and repeated after the line was away.
// Not the decision that something was read: the thread on show makes it.
import { NetworkError, type Conversations } from '../../../api/client';
import type { InboxHolder } from './holder.svelte';
import { withRead } from './inbox';
import { unreadOf } from './views';

export class ReadMarks {
  readonly #holder: InboxHolder;
  readonly #api: Conversations;
  /** Marks that did not reach the server, by conversation. */
  readonly #unsent = new Map<number, number>();

  constructor(holder: InboxHolder, api: Conversations) {
    this.#holder = holder;
    this.#api = api;
  }

  /** Everything of the conversation so far is read. */
  async mark(id: number): Promise<void> {
    const known = this.#holder.inbox.conversations.get(id);
    if (!known || unreadOf(known) === 0) return;
    this.#holder.change((inbox) => withRead(inbox, id, known.incoming_count));
    await this.#send(id, known.incoming_count);
  }

  /** The line is back. */
  resend(): void {
    const marks = [...this.#unsent];
    this.#unsent.clear();
    for (const [id, count] of marks) void this.#send(id, count);
  }

  async #send(id: number, count: number): Promise<void> {
    try {
      await this.#api.markRead(id, count);
    } catch (error) {
      // A refusal (a conversation that is gone) would be one again.
      if (error instanceof NetworkError)
        this.#unsent.set(id, Math.max(count, this.#unsent.get(id) ?? 0));
    }
  }
}
