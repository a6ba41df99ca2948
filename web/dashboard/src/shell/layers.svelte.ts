// Which of the layers that belong to no page is open. Not the layers: each is loaded when it is first opened.

export type Layer = 'palette' | 'help' | 'notifications';

class Layers {
  open: Layer | null = $state(null);

  show(layer: Layer): void {
    this.open = layer;
  }

  close(): void {
    this.open = null;
  }

  /** A layer was closed; another may have been opened from it already. */
  left(layer: Layer | undefined): void {
    if (this.open === layer) this.open = null;
  }
}

/** The layers of the page. */
export const layers = new Layers();
