// Repeats one fetch until it succeeds, politely: with backoff, at once when the network returns, never twice at a time.
// Not the fetch itself.
import { backoffMs } from '../../../realtime/backoff';
import { browser, type Environment } from '../../../realtime/environment';

/** What one try came to: `stop` when trying again is useless. */
export type Tried = 'done' | 'again' | 'stop';

/** Runs `attempt` when told, and again after failures. */
export class Loader {
  readonly #attempt: () => Promise<Tried>;
  readonly #world: Environment;
  #failures = 0;
  #busy = false;
  #askedAgain = false;
  #waiting = false;
  #stopTimer: () => void = () => undefined;

  constructor(attempt: () => Promise<Tried>, environment: Environment = browser) {
    this.#attempt = attempt;
    this.#world = environment;
    environment.onWake(() => {
      if (this.#waiting) this.load();
    });
  }

  /** Loads now. Asked while one is under way, it loads once more after that: what it brings may be old already. */
  load(): void {
    this.#stopTimer();
    this.#waiting = false;
    if (this.#busy) this.#askedAgain = true;
    else void this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    const tried = await this.#attempt();
    this.#busy = false;
    const asked = this.#askedAgain;
    this.#askedAgain = false;
    if (tried === 'stop') return;
    if (tried === 'again') return this.#wait();
    this.#failures = 0;
    if (asked) this.load();
  }

  #wait(): void {
    const waitMs = backoffMs(this.#failures, this.#world.random());
    this.#failures += 1;
    this.#waiting = true;
    this.#stopTimer = this.#world.after(waitMs, () => this.load());
  }
}
