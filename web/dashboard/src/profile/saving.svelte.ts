// One thing that is being saved: whether it runs, went well, or was refused, and in which words. Not what is saved.
import { ApiError } from '../../../api/client';
import { words } from './words';

/** How long "saved" stays. */
const SAID_MS = 4_000;

export class Saving {
  state: 'idle' | 'running' | 'done' | 'refused' = $state('idle');
  /** Why not; empty otherwise. */
  problem = $state('');
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** Runs it, unless it runs already; true when it went well. */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.state === 'running') return false;
    if (this.#timer) clearTimeout(this.#timer);
    this.state = 'running';
    this.problem = '';
    try {
      await work();
    } catch (error) {
      this.refuse(error instanceof ApiError && error.message ? error.message : words.noAnswer);
      return false;
    }
    this.state = 'done';
    this.#timer = setTimeout(() => (this.state = 'idle'), SAID_MS);
    return true;
  }

  /** It cannot be done, before anything was asked. */
  refuse(problem: string): void {
    this.state = 'refused';
    this.problem = problem;
  }
}
