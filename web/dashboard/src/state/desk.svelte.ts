// All accounts of the user at once, on one line to the server: whichever is on show, the others are heard, too.
// Not one account's inbox: see account.svelte.ts.
import type { AccountEvent, Message, Session } from '../../../api/types';
import {
  connectRealtime,
  realtimeUrl,
  type Connection,
  type ConnectionState,
} from '../../../realtime/socket';
import type { ServerFrame } from '../../../realtime/wire';
import { Account } from './account.svelte';
import { LineState } from './line.svelte';

/** Close codes after which only a new log-in helps. */
const SIGNED_OUT_CODES = [4501, 4503];

export interface DeskOptions {
  session: Session;
  onSignedOut(): void;
  /** Another person's message has arrived in one of the accounts. */
  onHeard(account: Account, message: Message): void;
  /** The line is back after it was away: the server may be another one now. */
  onBack(): void;
}

/** Everything of one log-in. */
export class Desk {
  readonly accounts: readonly Account[];
  readonly line = new LineState();
  readonly #options: DeskOptions;
  readonly #connection: Connection;
  #wasLive = false;

  constructor(options: DeskOptions) {
    this.#options = options;
    const { session } = options;
    this.accounts = session.accounts.map((membership): Account => {
      const account: Account = new Account({
        session,
        membership,
        line: this.line,
        connection: () => this.#connection,
        onSignedOut: options.onSignedOut,
        onHeard: (message) => options.onHeard(account, message),
      });
      return account;
    });
    const cursors = Object.fromEntries(session.accounts.map(({ id, cursor }) => [id, cursor]));
    this.#connection = connectRealtime<AccountEvent>({
      url: realtimeUrl(),
      hello: () => ({ type: 'hello', v: 1, epoch: session.epoch, cursors }),
      onFrame: (frame) => this.#hear(frame),
      onState: (state) => this.#take(state),
    });
  }

  /** The account of this number; undefined where the user is no member. */
  of(id: number): Account | undefined {
    return this.accounts.find(({ membership }) => membership.id === id);
  }

  /** Conversations with something unread that call for the user, in all accounts. */
  get unread(): number {
    return this.accounts.reduce((sum, { calling }) => sum + calling, 0);
  }

  /** Does now what was put off so that it could be taken back, as long as the session lives. */
  async flush(): Promise<void> {
    await Promise.all(this.accounts.map(({ deletions }) => deletions.flush()));
  }

  close(): void {
    this.#connection.close();
    this.line.close();
    for (const account of this.accounts) account.close();
  }

  #hear(frame: ServerFrame<AccountEvent>): void {
    if ('account_id' in frame && frame.account_id !== undefined)
      this.of(frame.account_id)?.hear(frame);
  }

  #take(state: ConnectionState): void {
    this.line.take(state);
    if (state.status === 'live') {
      for (const account of this.accounts) account.resume();
      if (this.#wasLive) this.#options.onBack();
      this.#wasLive = true;
    }
    if (state.status === 'stopped' && SIGNED_OUT_CODES.includes(state.code))
      this.#options.onSignedOut();
  }
}
