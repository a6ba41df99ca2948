// Makes the pure inbox a thing that components can watch. Not rules (inbox.ts) and not requests (account.svelte.ts).
import { emptyInbox, type Inbox } from './inbox';

/** Is told which conversations are other ones than in the inbox before. */
type Listener = (ids: readonly number[], before: Inbox) => void;

/** The one place where an account's inbox is replaced by the next one. */
export class InboxHolder {
  inbox: Inbox = $state.raw(emptyInbox(0));
  #listeners: Listener[] = [];

  constructor(me: number) {
    this.inbox = emptyInbox(me);
  }

  /** Takes the next inbox from the present one. */
  change(next: (inbox: Inbox) => Inbox): void {
    const before = this.inbox;
    this.inbox = next(before);
    const ids = this.inbox.conversations.changesSince(before.conversations);
    if (ids.length > 0) for (const hear of this.#listeners) hear(ids, before);
  }

  /** Names who is told, right after each change, of the conversations that are other ones now. */
  watch(hear: Listener): void {
    this.#listeners.push(hear);
  }
}
