// One account of the user: its inbox, and what the member does in it. Composes the parts beside it; what events mean is in
// inbox.ts, and the line that all accounts share is in desk.svelte.ts.
import { conversationsOf, type Conversations } from '../../../api/client';
import type { AccountEvent, Membership, Message, Session } from '../../../api/types';
import type { Connection } from '../../../realtime/socket';
import type { ServerFrame } from '../../../realtime/wire';
import { Completion } from './completion';
import { Deletions } from './deletions.svelte';
import { Directory } from './directory.svelte';
import { Edits } from './edits.svelte';
import { InboxHolder } from './holder.svelte';
import { apply, emptyInbox, withChange, withFetched, withMessage } from './inbox';
import { LineState } from './line.svelte';
import { Compositions } from './compositions';
import { Contacts } from './contacts';
import { Lists } from './lists.svelte';
import { ReadMarks } from './read-marks';
import { Sending } from './sending.svelte';
import { SideLists } from './side-lists.svelte';
import { Threads } from './threads.svelte';
import { TypingMarks } from './typing.svelte';
import { CALLING, PLAIN } from './views';

/** What an account needs of the page around it. */
export interface AccountOptions {
  session: Session;
  membership: Membership;
  /** Whether the shared line is away. */
  line: LineState;
  /** The shared line; asked for when it is used, as the line needs its accounts first. */
  connection(): Connection;
  onSignedOut(): void;
  /** Another person's message has arrived. */
  onHeard(message: Message): void;
}

export class Account {
  readonly membership: Membership;
  /** The member's id, which is the user's. */
  readonly me: number;
  readonly holder: InboxHolder;
  readonly lists: Lists;
  readonly threads: Threads;
  readonly directory: Directory;
  readonly side: SideLists;
  readonly typing = new TypingMarks();
  readonly sending: Sending;
  readonly compositions: Compositions;
  readonly line: LineState;
  readonly edits: Edits;
  readonly deletions: Deletions;
  readonly contacts: Contacts;
  readonly #options: AccountOptions;
  readonly #api: Conversations;
  readonly #reads: ReadMarks;
  readonly #completion: Completion;
  readonly #listeners = new Set<(event: AccountEvent) => void>();
  /** What is on show: fetches of it whatever is not there. */
  showing: { open(): void } | null = null;

  constructor(options: AccountOptions) {
    const { session, membership } = options;
    this.#options = options;
    this.membership = membership;
    this.line = options.line;
    this.me = session.user.id;
    this.holder = new InboxHolder(this.me);
    this.#api = conversationsOf(membership.id);
    this.lists = new Lists(this.holder, this.#api);
    this.threads = new Threads(this.holder, this.#api);
    this.directory = new Directory(membership.id);
    this.side = new SideLists(this.holder, this.directory, this.#api);
    this.holder.watch((ids, before) => this.side.take(before, ids));
    this.#completion = new Completion(this.holder, this.#api);
    this.#reads = new ReadMarks(this.holder, this.#api);
    this.sending = new Sending({
      account: membership.id,
      user: this.me,
      onAccepted: (message) => this.holder.change((inbox) => withMessage(inbox, message)),
      onSignedOut: options.onSignedOut,
    });
    this.deletions = new Deletions({
      api: this.#api,
      onDeleted: (message) => this.threads.replace(message),
    });
    this.edits = new Edits(this.holder, membership.id);
    this.contacts = new Contacts(this.holder, membership.id);
    this.compositions = new Compositions({
      account: membership.id,
      user: this.me,
      sending: this.sending,
      onSignedOut: options.onSignedOut,
    });
  }

  get inbox() {
    return this.holder.inbox;
  }

  /** Conversations with something unread that call for the member: own ones and nobody's. */
  get calling(): number {
    return this.inbox.unread.mine + this.inbox.unread.unassigned;
  }

  /** Joins without writing. Throws what the request throws. */
  async join(id: number): Promise<void> {
    const conversation = await this.#api.join(id);
    this.holder.change((inbox) => withFetched(inbox, conversation));
  }

  /** Resolves or reopens: shown at once, taken back and thrown when the server refuses. */
  async setStatus(id: number, status: 'open' | 'resolved'): Promise<void> {
    const before = this.inbox.conversations.get(id)?.status;
    this.holder.change((inbox) => withChange(inbox, id, { status }));
    try {
      await this.#api.setStatus(id, status);
    } catch (error) {
      const untouched = this.inbox.conversations.get(id)?.status === status;
      if (before && untouched)
        this.holder.change((inbox) => withChange(inbox, id, { status: before }));
      throw error;
    }
  }

  /** The member has all of the conversation before their eyes. */
  markRead(id: number): void {
    void this.#reads.mark(id);
  }

  tellTyping(conversation: number, isPrivate: boolean): void {
    this.typing.tell(this.#options.connection(), this.membership.id, conversation, isPrivate);
  }

  stopTyping(): void {
    this.typing.stop(this.#options.connection(), this.membership.id);
  }

  /** Calls `listener` for each event, for pages that keep state of their own; the answer ends it. */
  listen(listener: (event: AccountEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tries the line and unsent messages now. */
  retryNow(): void {
    this.#options.connection().nudge();
    this.sending.wake();
  }

  close(): void {
    this.deletions.close();
    this.compositions.close();
    this.sending.close();
    this.lists.close();
    this.#completion.close();
    this.side.close();
    this.typing.close();
  }

  /** Takes in a frame of this account. */
  hear(frame: ServerFrame<AccountEvent>): void {
    if (frame.type === 'event') this.#takeEvent(frame.event);
    else if (frame.type === 'typing') this.typing.hear(frame);
    else if (frame.type === 'reload') this.#reload();
  }

  #takeEvent(event: AccountEvent): void {
    const { revision } = this.inbox;
    this.holder.change((inbox) => apply(inbox, event));
    this.lists.watchCounts(revision);
    if (event.kind === 'member_added' || event.kind === 'member_updated')
      this.directory.takeAgent(event.agent);
    if ('conversation' in event) this.#complete(event.conversation.id);
    if (event.kind === 'message_created') this.#takeMessage(event.message);
    if (event.kind === 'message_updated') this.threads.replace(event.message);
    // Conversations that this member sees from now on were told by no event.
    if (event.kind === 'inbox_members_changed') this.showing?.open();
    if (event.kind.startsWith('inbox_')) this.directory.refresh();
    for (const listener of this.#listeners) listener(event);
  }

  #takeMessage(message: Message): void {
    const own = message.sender_type === 'User' && message.sender_id === this.me;
    if (own) this.sending.settle(message.echo_id ?? null);
    this.typing.wrote(message);
    if (!own) this.#options.onHeard(message);
  }

  #complete(id: number): void {
    if (this.inbox.conversations.get(id)?.read_count === null) this.#completion.want(id);
  }

  /** The line is back. */
  resume(): void {
    this.sending.wake();
    this.compositions.wake();
    this.#reads.resend();
    // What failed to load while the line was away loads now, without a button.
    this.showing?.open();
    this.#watchWaiting();
  }

  /** What waits for somebody counts in the title and beside the account's name, whatever is on show. */
  #watchWaiting(): void {
    for (const view of CALLING) void this.lists.open({ view, ...PLAIN });
  }

  /** Too much was missed to be told: forget, and fetch what is on show. */
  #reload(): void {
    const hadLabels = this.inbox.labels !== null;
    this.holder.change(() => emptyInbox(this.me));
    // Those who show them said so once; a failure shows none until they ask again.
    if (hadLabels) this.edits.openLabels().catch(() => undefined);
    this.lists.reset();
    this.threads.reset();
    this.directory.refresh();
    this.side.count();
    this.showing?.open();
    this.#watchWaiting();
  }
}
