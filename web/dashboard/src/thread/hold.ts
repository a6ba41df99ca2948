// Keeping a finger on something, as people ask a phone for what can be done with it. Not the button that stands there for
// everybody else.
import type { Attachment } from 'svelte/attachments';

/** A finger that stays this long means it. Shorter than the browser's own long press, which would come second. */
const HOLD_MS = 450;

/** Calls `run` when a finger rests here. Links and buttons keep what they do themselves, and who scrolls holds nothing. */
export function held(run: () => void): Attachment<HTMLElement> {
  return (node) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = () => clearTimeout(timer);
    const begin = (event: PointerEvent) => {
      stop();
      const isOwn = (event.target as Element).closest('a, button, pre, audio, video') !== null;
      if (event.pointerType === 'touch' && event.isPrimary && !isOwn)
        timer = setTimeout(run, HOLD_MS);
    };
    const ends = ['pointerup', 'pointercancel', 'pointerleave'] as const;
    node.addEventListener('pointerdown', begin);
    for (const name of ends) node.addEventListener(name, stop);
    return () => {
      stop();
      node.removeEventListener('pointerdown', begin);
      for (const name of ends) node.removeEventListener(name, stop);
    };
  };
}
