// Who this browser is to the server: a secret it made itself. Not a session: the server learns of it with the first message.
import { randomId } from '../../../realtime/random-id';
import type { Memory } from './memory';

/** 32 random bytes in base64url. */
const TOKEN = /^[\w-]{43}$/;

/** Longer than storage takes from one tab to another. */
const AGREE_MS = 100;

/** One browser's identity on one website. */
export class Visitor {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** The secret, or null when nobody has written from here. */
  get token(): string | null {
    const kept = this.#memory.recall('');
    return kept !== null && TOKEN.test(kept) ? kept : null;
  }

  /** The secret, made now if there is none. Asked at each send, because another tab may have made one. */
  need(): string {
    const token = this.token ?? randomId(32);
    if (this.token === null) this.#memory.keep('', token);
    return token;
  }

  /** The key under which the first conversation begins: the same in all tabs, so that only one begins. */
  startKey(): string {
    const key = this.#memory.recall(':start') ?? randomId();
    this.#memory.keep(':start', key);
    return key;
  }

  /**
   * Before the first message. Of two tabs that make a secret at once, the one who wrote last is believed by both, so
   * whoever makes one looks again a moment later.
   */
  async introduce(): Promise<void> {
    if (this.token !== null) return;
    this.need();
    this.startKey();
    await new Promise((resolve) => setTimeout(resolve, AGREE_MS));
  }

  /** Calls back when another tab makes the visitor known. */
  watch(changed: () => void): void {
    this.#memory.watch('', changed);
  }
}
