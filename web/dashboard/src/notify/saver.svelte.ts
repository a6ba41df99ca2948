// Keeps the choices in the member's profile: one request at a time, and always the newest choice last. Not the choices.
import { profileCalls } from '../../../api/profile';
import { settings, type Choices } from './settings.svelte';

class Saver {
  /** The last choice is not kept: it holds until the page is closed. */
  hasFailed = $state(false);
  #isRunning = false;
  #isChanged = false;

  /** Chosen: it holds at once, and is kept as soon as the server answers. */
  async choose(change: Partial<Choices>): Promise<void> {
    settings.set(change);
    await this.save();
  }

  /** Keeps what is chosen now. */
  async save(): Promise<void> {
    this.#isChanged = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      while (this.#isChanged) {
        this.#isChanged = false;
        await profileCalls.change({ ui_settings: { notifications: settings.choices } });
      }
      this.hasFailed = false;
    } catch {
      this.hasFailed = true;
    } finally {
      this.#isRunning = false;
    }
  }
}

/** The one of the page: what failed is still known when the choices are opened again. */
export const saver = new Saver();
