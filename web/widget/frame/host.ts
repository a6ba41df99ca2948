// The frame's end of the talk with the host's page. Not used by the chat as a page of its own.
import { post, read, type ToFrame, type ToPage } from '../shared/messages';

/** The page around the frame, as far as it is told and heard. */
export class HostPage {
  /** Named by the launcher; the browser delivers nothing if it lied. */
  readonly #origin: string;

  constructor(hear: (message: ToFrame) => void) {
    this.#origin = decodeURIComponent(location.hash.slice(1));
    addEventListener('message', (event) => {
      const message = read<ToFrame>(event, parent, this.#origin);
      if (message) hear(message);
    });
  }

  tell(message: ToPage): void {
    // Without an origin nobody embedded us properly, and nobody is told anything.
    if (this.#origin && parent !== window) post(parent, this.#origin, message);
  }
}
