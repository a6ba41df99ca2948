// The signature of who is logged in, as their profile has it. Not where it is changed: see profile/Signature.svelte.
import { profileCalls } from '../../../api/profile';

class SignatureStore {
  /** Markdown; empty while unknown, or without one. */
  text = $state('');
  #user: number | null = null;
  #isLoading = false;

  /** Fetches the user's, unless that was done. Without an answer replies go unsigned, as the composer shows. */
  async open(user: number): Promise<void> {
    if (this.#user === user || this.#isLoading) return;
    this.text = '';
    this.#isLoading = true;
    try {
      const { id, message_signature } = await profileCalls.read();
      this.take(id, message_signature);
    } catch {
      // The next composer asks again.
    } finally {
      this.#isLoading = false;
    }
  }

  /** The user has this one now. */
  take(user: number, text: string): void {
    [this.#user, this.text] = [user, text.trim()];
  }
}

/** The one signature of the page. */
export const signature = new SignatureStore();
