// Makes the pure inbox a thing that components can watch. Not rules (inbox.ts) and not requests (account.svelte.ts).
import { emptyInbox, type Inbox } from './inbox';

/** The one place where an account's inbox is replaced by the next one. */
export class InboxHolder {
  inbox: Inbox = $state.raw(emptyInbox(0));
  #heard: (ids: readonly number[]) => void = () => undefined;

  constructor(me: number) {
    this.inbox = emptyInbox(me);
  }

  /** Takes the next inbox from the present one. */
  change(next: (inbox: Inbox) => Inbox): void {
    const before = this.inbox;
    this.inbox = next(before);
    const ids = this.inbox.conversations.changesSince(before.conversations);
    if (ids.length > 0) this.#heard(ids);
  }

  /** Names who is told, right after each change, of the conversations that are other ones now. */
  watch(hear: (ids: readonly number[]) => void): void {
    this.#heard = hear;
  }
}
