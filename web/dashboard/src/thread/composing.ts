// The rules of the composer: how long a message may be, and which keys send it. Pure.

/** A message may have this many characters: the server's limit. */
export const BODY_CHARACTERS_MAX = 150_000;

/** How many characters are too many; 0 when it fits. */
export function overLimit(text: string): number {
  // Most texts are short of it in any way of counting, and need not be taken apart.
  if (text.length <= BODY_CHARACTERS_MAX) return 0;
  return Math.max(0, [...text].length - BODY_CHARACTERS_MAX);
}

/** The parts of a key press that matter. */
export type Press = Pick<
  KeyboardEvent,
  'key' | 'isComposing' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'
>;

/**
 * Enter sends and Shift+Enter makes a new line; Ctrl or Cmd with Enter sends everywhere. On a touch screen, whose
 * keyboard has no Shift+Enter, Enter makes the line. Enter that chooses a word while composing one does neither.
 */
export function isSendKey(press: Press, isTouch: boolean): boolean {
  if (press.key !== 'Enter' || press.isComposing) return false;
  if (press.ctrlKey || press.metaKey) return true;
  return !isTouch && !press.shiftKey && !press.altKey;
}
