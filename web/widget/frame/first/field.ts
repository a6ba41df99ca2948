// What both first views do with the field for the message: keep its text, send with Enter, tell where the caret is. Not where it stands.
import type { Left, Stage } from './stage';

/** Keeps every keystroke, and calls `send` for Enter. */
export function keepField(field: HTMLTextAreaElement, stage: Stage, send: () => void): void {
  field.value = stage.unsent.text;
  field.oninput = () => stage.typed(field.value);
  field.onkeydown = (event) => {
    // While a character is being composed, Enter chooses it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
}

/** What stands in a field, and its caret when it has focus. */
export function leftIn(field: HTMLTextAreaElement): Left {
  const { value: text, selectionStart: start, selectionEnd: end } = field;
  return { text, caret: document.activeElement === field ? { start, end } : null };
}

/** Tells whether a word is being composed in there, and when it is done. */
export function watchComposing(page: HTMLElement): () => Promise<void> {
  let composing = false;
  let done: () => void = () => undefined;
  page.addEventListener('compositionstart', () => (composing = true));
  page.addEventListener('compositionend', () => {
    composing = false;
    done();
  });
  return () => (composing ? new Promise((resolve) => (done = resolve)) : Promise.resolve());
}
