// Whether to tell the member that the line to the server is gone. Not the line: see the shared socket.
import type { ConnectionState } from '../../../realtime/socket';

/** Shorter breaks are nobody's business. */
const TELL_AFTER_MS = 2_000;

export class LineState {
  /** The line has been away for long enough to say so. */
  isAway = $state(false);
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** Takes in a change of the connection. */
  take(state: ConnectionState): void {
    if (state.status === 'live') {
      this.close();
      this.isAway = false;
      return;
    }
    this.#timer ??= setTimeout(() => (this.isAway = true), TELL_AFTER_MS);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
