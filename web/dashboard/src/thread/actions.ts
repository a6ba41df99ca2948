// What a bubble can ask of the thread around it. Only the agreement: MessageLog keeps it.
import { createContext } from 'svelte';
import type { Bubble, BubbleFile } from './bubbles';

export interface ThreadActions {
  /** Opens the menu of a message beside `anchor`. */
  openMenu(of: { bubble: Bubble; isOwn: boolean }, anchor: HTMLElement): void;
  /** Shows one of the images large. */
  openImage(images: readonly BubbleFile[], index: number): void;
  /** The key of the bubble whose menu is open. */
  readonly menuKey: string | null;
  /** The id of the message that one jumped to. */
  readonly highlight: number | null;
}

/** Set by the log, asked for by what is in it. */
export const [threadActions, setThreadActions] = createContext<ThreadActions>();
