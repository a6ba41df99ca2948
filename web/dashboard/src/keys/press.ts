// Reads a key press, and tells whether it is the one that a shortcut names. Pure: nothing is bound here.

/** The parts of a key press that matter. */
export type Press = Pick<
  KeyboardEvent,
  'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'
> &
  Partial<Pick<KeyboardEvent, 'getModifierState'>>;

/** Whether the shortcut is nothing but a character (`e`, `?`, `g m`), which WCAG 2.1.4 wants to be switchable. */
export function isCharacter(keys: string): boolean {
  return keys.split(' ').every((step) => [...step].length === 1);
}

/**
 * Whether the press is this step of a shortcut: `j`, `#`, `ArrowDown`, `mod+k`, `Shift+ArrowDown`. `mod` is Cmd on a Mac
 * and Ctrl elsewhere. Shift is free for characters, because some keyboards need it for `#` or `?`; a capital is not its
 * small letter.
 */
export function isStep(press: Press, step: string, isMac: boolean): boolean {
  const parts = step === '+' ? ['+'] : step.split('+');
  const wanted = parts.at(-1) ?? '';
  const held = heldOf(press);
  const mod = isMac ? held.meta : held.ctrl;
  const other = isMac ? held.ctrl : held.meta;
  if (parts.includes('mod') !== mod || other || held.alt) return false;
  const isOne = [...wanted].length === 1;
  if ((!isOne || parts.includes('Shift')) && parts.includes('Shift') !== press.shiftKey)
    return false;
  return isOne ? characterOf(press) === wanted : press.key === wanted;
}

/** Held keys; AltGr, which writes characters, counts as none although it reports Ctrl and Alt. */
function heldOf(press: Press) {
  const writes = press.getModifierState?.('AltGraph') ?? false;
  return {
    ctrl: press.ctrlKey && !writes,
    alt: press.altKey && !writes,
    meta: press.metaKey,
  };
}

/** What the key writes; on keyboards of other scripts, what stands there on a Latin one, as everybody does it. */
function characterOf(press: Press): string {
  const written = press.key.length === 1 && !press.shiftKey ? press.key.toLowerCase() : press.key;
  const isForeign = [...written].length === 1 && (written.codePointAt(0) ?? 0) > 0x2ff;
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  return isForeign && letter ? letter.toLowerCase() : written;
}
