// Where writers wait while the server is down, and the way to try until it answers. Not what they write.
import { setTimeout as wait } from 'node:timers/promises';
import { Refused } from '../support/rest.ts';

/** Between two tries of one writer while the server is up, in milliseconds. */
const RETRY_MS = 20;

/** Open while the server is up; counts the tries that go through it. */
export class Gate {
  #open = true;
  #waiting: (() => void)[] = [];
  #watch: { tries: number; reached: () => void } | null = null;

  open(): void {
    this.#open = true;
    for (const go of this.#waiting.splice(0)) go();
  }

  close(): void {
    this.#open = false;
  }

  /** Resolves at the moment when so many more tries have begun. */
  afterTries(tries: number): Promise<void> {
    return new Promise((reached) => (this.#watch = { tries, reached }));
  }

  /** Tries until there is an answer. A refusal is none of those that pass: it is thrown. */
  async insist<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      while (!this.#open) await new Promise<void>((go) => this.#waiting.push(go));
      const answer = attempt();
      this.#count();
      try {
        return await answer;
      } catch (error) {
        const isRefusal = error instanceof Refused && error.status < 500 && error.status !== 429;
        if (isRefusal) throw error;
      }
      await wait(RETRY_MS);
    }
  }

  #count(): void {
    if (this.#watch && --this.#watch.tries <= 0) {
      this.#watch.reached();
      this.#watch = null;
    }
  }
}
