// Puts text into a text field as if it had been typed, so that the browser's undo takes it back. Not what is put there.

/** Replaces the selection, and leaves the caret behind what was put there. */
export function typeInto(area: HTMLTextAreaElement, text: string): void {
  area.focus();
  // The one way that is undone by Ctrl+Z, in all browsers; where it is gone, the text comes without undo.
  if (text !== '' && document.execCommand('insertText', false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
