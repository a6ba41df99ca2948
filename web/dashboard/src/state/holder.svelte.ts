// Makes the pure inbox a thing that components can watch. Not rules (inbox.ts) and not requests (account.svelte.ts).
import { emptyInbox, type Inbox } from './inbox';

/** The one place where an account's inbox is replaced by the next one. */
export class InboxHolder {
  inbox: Inbox = $state.raw(emptyInbox(0));

  constructor(me: number) {
    this.inbox = emptyInbox(me);
  }

  /** Takes the next inbox from the present one. */
  change(next: (inbox: Inbox) => Inbox): void {
    this.inbox = next(this.inbox);
  }
}
