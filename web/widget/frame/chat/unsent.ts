// What is typed but not sent, kept over a reload: nothing a visitor typed is lost. Not a message yet.
import type { Memory } from './memory';

/** Longest message, in characters; the server's limit. */
export const MESSAGE_MAX = 150_000;

/** The text in this page's composer. Another tab's text is remembered too, but never takes the place of this one's. */
export class Unsent {
  readonly #memory: Memory;
  #text: string;

  /** Begins with what an earlier page left. */
  constructor(memory: Memory) {
    this.#memory = memory;
    this.#text = memory.recall(':draft') ?? '';
  }

  get text(): string {
    return this.#text;
  }

  /** The empty text is forgotten. */
  set text(text: string) {
    this.#text = text;
    this.#memory.keep(':draft', text);
  }
}
