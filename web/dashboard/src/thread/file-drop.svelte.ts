// Files that are dragged over a part of the page and dropped there. Not what is done with them.
import { filesOf, hasFiles } from './clipboard-files';

export class FileDrop {
  /** Files are over it now. */
  isOver = $state(false);
  readonly #take: (files: File[]) => void;
  /** Entering a child comes before leaving its parent: only the count tells whether all was left. */
  #depth = 0;

  constructor(take: (files: File[]) => void) {
    this.#take = take;
  }

  /** Attaches to the element that takes files. */
  readonly attach = (node: HTMLElement): (() => void) => {
    const stop = new AbortController();
    const on = (
      kind: 'dragenter' | 'dragover' | 'dragleave' | 'drop',
      run: (event: DragEvent) => void,
    ) =>
      node.addEventListener(kind, (event) => hasFiles(event.dataTransfer) && run(event), {
        signal: stop.signal,
      });
    on('dragenter', (event) => {
      event.preventDefault();
      this.#set(this.#depth + 1);
    });
    on('dragover', (event) => {
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    });
    on('dragleave', () => this.#set(this.#depth - 1));
    on('drop', (event) => {
      event.preventDefault();
      this.#set(0);
      this.#take(filesOf(event.dataTransfer, new Date()));
    });
    return () => stop.abort();
  };

  #set(depth: number): void {
    this.#depth = Math.max(0, depth);
    this.isOver = this.#depth > 0;
  }
}
