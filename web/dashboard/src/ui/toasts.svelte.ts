// Short messages after something was done, one at a time, with a way back where there is one. Not errors of a page.

/** How long one stays, unless somebody is on it. */
const STAYS_MS = 7_000;

export interface Toast {
  readonly text: string;
  readonly action: { readonly label: string; run(): void } | null;
  /** Whether what it says, or its way back, is overtaken by now. Asked again whenever what it looks at changes. */
  readonly isOver: () => boolean;
}

class Toasts {
  current: Toast | null = $state.raw(null);
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** Shows a toast in place of the one before. */
  show(text: string, action: Toast['action'] = null, isOver = () => false): void {
    this.current = { text, action, isOver };
    this.resume();
  }

  dismiss(): void {
    this.hold();
    this.current = null;
  }

  /** Somebody reads it or is on its button: it waits. */
  hold(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  resume(): void {
    this.hold();
    this.#timer = setTimeout(() => this.dismiss(), STAYS_MS);
  }
}

/** The toasts of the page. */
export const toasts = new Toasts();
