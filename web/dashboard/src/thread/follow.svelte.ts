// Keeps a thread at its newest message while the reader is there, and at their place while they are not.
// Not loading: it only scrolls.

/** As near as this to the end counts as being there, in pixels. */
const NEAR_PX = 48;
/** What one jumps to stands this far below the upper edge, as a part of the height. */
const UPPER_PART = 0.25;

export class Follow {
  /** The reader sees the newest message. */
  atEnd = $state(true);
  /** So many arrived below while the reader was further up. */
  unseen = $state(0);
  #scroller: HTMLElement | null = null;

  /** Attaches to the scrolling element, whose first child holds the messages. */
  readonly attach = (scroller: HTMLElement): (() => void) => {
    this.#scroller = scroller;
    const stay = new ResizeObserver(() => {
      if (this.atEnd) this.#jump();
    });
    stay.observe(scroller);
    if (scroller.firstElementChild) stay.observe(scroller.firstElementChild);
    const onscroll = () => {
      this.atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= NEAR_PX;
      if (this.atEnd) this.unseen = 0;
    };
    scroller.addEventListener('scroll', onscroll, { passive: true });
    return () => {
      stay.disconnect();
      scroller.removeEventListener('scroll', onscroll);
      this.#scroller = null;
    };
  };

  /** To the newest message. */
  toEnd(): void {
    this.atEnd = true;
    this.unseen = 0;
    this.#jump();
  }

  /** To what matches the selector, in the upper part of the view, unless the end comes before. False without it. */
  to(selector: string): boolean {
    const [scroller, found] = [this.#scroller, this.find(selector)];
    if (!scroller || !found) return false;
    const top = found.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    const end = scroller.scrollHeight - scroller.clientHeight;
    const wanted = scroller.scrollTop + top - scroller.clientHeight * UPPER_PART;
    this.atEnd = wanted >= end - NEAR_PX;
    scroller.scrollTop = this.atEnd ? scroller.scrollHeight : wanted;
    return true;
  }

  find(selector: string): HTMLElement | null {
    return this.#scroller?.querySelector<HTMLElement>(selector) ?? null;
  }

  /** Remembers the reader's place; call the result once older messages stand above it. */
  hold(): () => void {
    const scroller = this.#scroller;
    if (!scroller) return () => undefined;
    const fromEnd = scroller.scrollHeight - scroller.scrollTop;
    const topOf = (it: Element) => it.getBoundingClientRect().top;
    const edge = topOf(scroller);
    const messages = [...scroller.querySelectorAll<HTMLElement>('[data-message]')];
    const read = messages.find((it) => it.getBoundingClientRect().bottom > edge);
    const before = read && topOf(read);
    return () => {
      // Found again: older messages of the same person make another group of them. By what is read and not by the end,
      // as newer messages may come in the same moment.
      const anchor = read && this.find(`[data-message="${read.dataset.message ?? ''}"]`);
      if (anchor && before !== undefined) scroller.scrollTop += topOf(anchor) - before;
      else scroller.scrollTop = scroller.scrollHeight - fromEnd;
    };
  }

  #jump(): void {
    if (this.#scroller) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }
}
