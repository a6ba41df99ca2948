// Everything that a member is writing in one account, by conversation. Not one of them: see composition.svelte.ts.
import { Composition } from './composition.svelte';
import type { Sending } from './sending.svelte';

interface CompositionsOptions {
  account: number;
  user: number;
  sending: Sending;
  onSignedOut(): void;
}

export class Compositions {
  readonly #options: CompositionsOptions;
  readonly #all = new Map<number, Composition>();
  readonly #leave = () => this.#keepAll();

  constructor(options: CompositionsOptions) {
    this.#options = options;
    window.addEventListener('pagehide', this.#leave);
  }

  of(conversation: number): Composition {
    const found = this.#all.get(conversation);
    if (found) return found;
    const { account, user, sending, onSignedOut } = this.#options;
    const made = new Composition({
      account,
      user,
      conversation,
      onSignedOut,
      send: (content, isNote, files) => sending.add(conversation, content, isNote, files),
    });
    this.#all.set(conversation, made);
    return made;
  }

  /** The line is back: files that failed for want of it travel again. */
  wake(): void {
    for (const one of this.#all.values()) one.wake();
  }

  /** Writes drafts down and lets files go. */
  close(): void {
    window.removeEventListener('pagehide', this.#leave);
    for (const one of this.#all.values()) one.close();
  }

  #keepAll(): void {
    for (const one of this.#all.values()) one.flush();
  }
}
