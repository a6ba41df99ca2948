// The rules of the composer: how long a message may be, and which keys send it. Pure.

import type { SendKey } from '../state/preferences.svelte';

/** A message may have this many characters: the server's limit. */
export const BODY_CHARACTERS_MAX = 150_000;

/** How many characters are too many; 0 when it fits. */
export function overLimit(text: string): number {
  // Most texts are short of it in any way of counting, and need not be taken apart.
  if (text.length <= BODY_CHARACTERS_MAX) return 0;
  return Math.max(0, [...text].length - BODY_CHARACTERS_MAX);
}

/** A reply with the words that close it. */
export function signedText(text: string, signature: string): string {
  const closing = signature.trim();
  return closing === '' ? text : `${text}\n\n${closing}`;
}

/** From here on the writer is told how many are left. */
const NEAR_LIMIT = 140_000;

/** How many characters are left, once it matters; else null. */
export function charactersLeft(text: string): number | null {
  if (text.length <= NEAR_LIMIT) return null;
  const left = BODY_CHARACTERS_MAX - [...text].length;
  return left >= 0 && left <= BODY_CHARACTERS_MAX - NEAR_LIMIT ? left : null;
}

/** The parts of a key press that matter. */
export type Press = Pick<
  KeyboardEvent,
  'key' | 'isComposing' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'
>;

/**
 * Enter sends and Shift+Enter makes a new line, or the member chose that only Ctrl or Cmd with Enter sends, which it does
 * in any case. On a touch screen, whose keyboard has no Shift+Enter, Enter makes the line. Enter that chooses a word
 * while composing one does neither.
 */
export function isSendKey(press: Press, isTouch: boolean, sendKey: SendKey = 'enter'): boolean {
  if (press.key !== 'Enter' || press.isComposing) return false;
  if (press.ctrlKey || press.metaKey) return true;
  return sendKey === 'enter' && !isTouch && !press.shiftKey && !press.altKey;
}
