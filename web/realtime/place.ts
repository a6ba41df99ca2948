// Where we are in the log: its epoch and one cursor per account (a visitor has one, without an account).
// Not a connection, and not a copy of anything that the events said.
import type { Hello, ServerFrame } from './wire';

/** Remembers how far the events were taken in, so that every hello continues exactly there. */
export class Place {
  #epoch: string | null = null;
  readonly #cursors = new Map<string, number>();

  /**
   * The hello to send: `base` says who we are and where REST left us, what we heard since then wins.
   * An account that `base` no longer names is forgotten.
   */
  hello(base: Hello): Hello {
    if ('launcher' in base) return base;
    const epoch = this.#epoch ?? base.epoch;
    if ('visitor' in base) return { ...base, epoch, cursor: this.#cursors.get('') ?? base.cursor };
    const cursors = Object.entries(base.cursors).map(
      ([account, cursor]) => [account, this.#cursors.get(account) ?? cursor] as const,
    );
    return { ...base, epoch, cursors: Object.fromEntries(cursors) };
  }

  /** Takes in one frame. False for an event that was taken in before: it must not be shown again. */
  accept(frame: ServerFrame<unknown>): boolean {
    switch (frame.type) {
      case 'resumed':
      case 'reload':
        this.#epoch = frame.epoch;
        this.#cursors.set(accountOf(frame), frame.cursor);
        return true;
      case 'event':
      case 'cursor':
        return this.#advance(accountOf(frame), frame.seq);
      case 'typing':
      case 'mode':
      case 'check':
        return true;
    }
  }

  #advance(account: string, seq: number): boolean {
    const cursor = this.#cursors.get(account);
    if (cursor !== undefined && seq <= cursor) return false;
    this.#cursors.set(account, seq);
    return true;
  }
}

function accountOf(frame: { account_id?: number }): string {
  return frame.account_id === undefined ? '' : String(frame.account_id);
}
