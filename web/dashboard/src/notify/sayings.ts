// What a screen reader is told of messages that arrive elsewhere: the first at once, a flood as a number.
// Not the live region itself: see ui/announcer.svelte.ts.
import { words } from './words';

/** Between two sayings. */
const PAUSE_MS = 6_000;

/** Gathers what arrives while the last saying is still in the air. */
export class Sayings {
  readonly #say: (text: string) => void;
  #waiting: string[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  add(text: string): void {
    this.#waiting.push(text);
    if (this.#timer === null) this.#flush();
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  #flush(): void {
    const [only, ...others] = this.#waiting;
    this.#waiting = [];
    this.#timer = null;
    if (only === undefined) return;
    this.#say(others.length === 0 ? only : words.several(others.length + 1));
    this.#timer = setTimeout(() => this.#flush(), PAUSE_MS);
  }
}
