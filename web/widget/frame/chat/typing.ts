// Who is typing, and telling others that the visitor is. Forgotten after a while, because the end may get lost.
// Not stored anywhere.
import { TYPING_EVERY_MS, TYPING_EXPIRES_MS, type Typing } from '../../../realtime/wire';

/** The members who are typing now, by name. */
export class Typists {
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #onChange: (names: string[]) => void;

  constructor(onChange: (names: string[]) => void) {
    this.#onChange = onChange;
  }

  hear({ who, on }: Typing): void {
    clearTimeout(this.#timers.get(who.name));
    if (on) {
      const forget = setTimeout(() => this.stop(who.name), TYPING_EXPIRES_MS);
      this.#timers.set(who.name, forget);
    } else this.#timers.delete(who.name);
    this.#onChange([...this.#timers.keys()]);
  }

  /** A message of that member has arrived, or the time is over. */
  stop(name: string | null): void {
    if (name === null || !this.#timers.has(name)) return;
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
    this.#onChange([...this.#timers.keys()]);
  }
}

/** Says "typing" at most every TYPING_EVERY_MS, and once when it is over. */
export class OwnTyping {
  readonly #say: (on: boolean) => void;
  #saidMs = 0;

  constructor(say: (on: boolean) => void) {
    this.#say = say;
  }

  /** After each keystroke: what stands in the composer now. */
  typed(text: string): void {
    if (text.trim() === '') return this.stop();
    if (Date.now() - this.#saidMs < TYPING_EVERY_MS) return;
    this.#saidMs = Date.now();
    this.#say(true);
  }

  stop(): void {
    if (this.#saidMs === 0) return;
    this.#saidMs = 0;
    this.#say(false);
  }
}
