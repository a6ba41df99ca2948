// Keeps a thread at its newest message while the reader is there, and at their place while they are not.
// Not loading: it only scrolls.

/** As near as this to the end counts as being there, in pixels. */
const NEAR_PX = 48;

export class Follow {
  /** The reader sees the newest message. */
  atEnd = $state(true);
  /** Something arrived below while the reader was further up. */
  hasUnseen = $state(false);
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
      if (this.atEnd) this.hasUnseen = false;
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
    this.hasUnseen = false;
    this.#jump();
  }

  /** Remembers the reader's place; call the result once older messages stand above it. */
  hold(): () => void {
    const scroller = this.#scroller;
    if (!scroller) return () => undefined;
    const fromEnd = scroller.scrollHeight - scroller.scrollTop;
    return () => {
      if (!this.atEnd) scroller.scrollTop = scroller.scrollHeight - fromEnd;
    };
  }

  #jump(): void {
    if (this.#scroller) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }
}
