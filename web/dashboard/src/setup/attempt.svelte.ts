// One step's try: whether it runs, why the last one failed, and how long to wait for the next. Not what is tried.
import { problemOf, secondsLeft, type Problem } from './problem';

export class Attempt {
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);
  #now = $state(Date.now());
  readonly seconds = $derived(secondsLeft(this.problem, this.#now));

  constructor() {
    // Counts down while the server asks for patience.
    $effect(() => {
      if (this.problem?.kind !== 'throttled') return;
      const timer = setInterval(() => (this.#now = Date.now()), 500);
      return () => clearInterval(timer);
    });
  }

  get waits(): boolean {
    return this.busy || this.seconds > 0;
  }

  /** Runs it unless one runs already; a failure becomes the problem. */
  async run(work: () => Promise<void>): Promise<void> {
    if (this.waits) return;
    this.problem = null;
    this.busy = true;
    try {
      await work();
    } catch (error) {
      this.#now = Date.now();
      this.problem = problemOf(error, this.#now);
    } finally {
      this.busy = false;
    }
  }
}
