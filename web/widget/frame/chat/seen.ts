// Tells the server how far the visitor has read, one call at a time. Not whether anything is visible: the chat knows that.

/** What stands on the screen. */
export interface OnScreen {
  conversationId: string;
  /** Number of the newest message. */
  last: number;
}

/** Tells again while newer messages come; a failed call is made again at the next occasion. */
export class SeenTeller {
  readonly #unreadOnScreen: () => OnScreen | null;
  readonly #tell: (seen: OnScreen) => Promise<boolean>;
  readonly #told: (seen: OnScreen) => void;
  #busy = false;

  /**
   * @param unreadOnScreen what is visible and counts as unread, or null
   * @param tell the call; true when the server knows
   * @param told that much is known to be read; what is newer still counts as unread
   */
  constructor(
    unreadOnScreen: () => OnScreen | null,
    tell: (seen: OnScreen) => Promise<boolean>,
    told: (seen: OnScreen) => void,
  ) {
    this.#unreadOnScreen = unreadOnScreen;
    this.#tell = tell;
    this.#told = told;
  }

  /** Looks whether there is something to tell. */
  async look(): Promise<void> {
    const seen = this.#unreadOnScreen();
    if (seen === null || this.#busy) return;
    this.#busy = true;
    const known = await this.#tell(seen);
    this.#busy = false;
    if (!known) return;
    this.#told(seen);
    await this.look();
  }
}
