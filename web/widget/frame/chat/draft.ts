// What is typed but not sent, kept over a reload: nothing a visitor typed is lost. Not a message yet.
import type { Memory } from './memory';

/** Longest message, in characters; the server's limit. */
export const MESSAGE_MAX = 150_000;

/** The draft of this browser; the empty text forgets it. */
export function draftIn(memory: Memory): { text: string } {
  return {
    get text() {
      return memory.recall(':draft') ?? '';
    },
    set text(text: string) {
      memory.keep(':draft', text);
    },
  };
}
