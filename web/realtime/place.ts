// Where we are in the log: its epoch and one cursor per account (a visitor has one, without an account).
// Not a connection, and not a copy of anything that the events said.
import type { Hello, SendReceived, ServerFrame } from './wire';

/** Remembers how far the events were taken in, so that every hello continues exactly there. */
export class Place {
  #epoch: string | null = null;
  readonly #cursors = new Map<string, number>();
  /** How far the server knows that we have everything. */
  readonly #told = new Map<string, number>();

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
        // What we told last may have been lost with the old line.
        this.#told.delete(accountOf(frame));
        this.#begin(frame);
        return true;
      case 'reload':
        // We have what came before only once it was fetched, which is not ours to know; the next event will tell.
        this.#told.set(accountOf(frame), frame.cursor);
        this.#begin(frame);
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

  /** What we have and did not tell, an account each; it counts as told from now on. */
  takeUntold(): SendReceived[] {
    const untold = [...this.#cursors].filter(([id, place]) => place > (this.#told.get(id) ?? 0));
    for (const [id, place] of untold) this.#told.set(id, place);
    return untold.map(([id, place]) => {
      const account = id === '' ? {} : { account: Number(id) };
      return { type: 'received', ...account, place };
    });
  }

  #begin(frame: { account_id?: number; epoch: string; cursor: number }): void {
    this.#epoch = frame.epoch;
    this.#cursors.set(accountOf(frame), frame.cursor);
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
