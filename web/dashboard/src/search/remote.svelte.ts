// Asks the server what it finds, when one pauses typing; a newer question cancels the older. Not what is shown of it.
import { ApiError } from '../../../api/client';
import { searchOf, type Found } from '../../../api/search';

/** A pause in typing. */
const PAUSE_MS = 180;
/** Shorter questions find everything, which is nothing. */
const MIN_CHARACTERS = 2;

const NOTHING: Found = { conversations: [], contacts: [], messages: [] };

export class Remote {
  /** What was found for `question`; what an older question found stays until the newer one is answered. */
  found: Found = $state.raw(NOTHING);
  state: 'idle' | 'searching' | 'ready' | 'failed' = $state('idle');
  readonly #api;
  #question = '';
  #timer: ReturnType<typeof setTimeout> | null = null;
  #running: AbortController | null = null;

  constructor(account: number) {
    this.#api = searchOf(account);
  }

  /** Another question. */
  ask(text: string): void {
    const question = text.trim();
    if (question === this.#question) return;
    this.#question = question;
    this.#cancel();
    if ([...question].length < MIN_CHARACTERS) {
      this.found = NOTHING;
      this.state = 'idle';
      return;
    }
    this.state = 'searching';
    this.#timer = setTimeout(() => void this.#find(), PAUSE_MS);
  }

  /** The same question again. */
  retry(): void {
    this.#cancel();
    this.state = 'searching';
    void this.#find();
  }

  close(): void {
    this.#cancel();
  }

  #cancel(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#running?.abort();
    this.#running = null;
  }

  async #find(): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    try {
      const found = await this.#api.find(this.#question, running.signal);
      if (running.signal.aborted) return;
      this.found = found;
      this.state = 'ready';
    } catch (error) {
      if (running.signal.aborted) return;
      this.found = NOTHING;
      // A question that cannot be asked, such as one of signs only, finds nothing.
      this.state = error instanceof ApiError && error.status === 422 ? 'ready' : 'failed';
    }
  }
}
