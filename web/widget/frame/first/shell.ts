// The first view of whoever wrote before: a header and a field in which one can type while the conversation is on its way. The
// elements stand in index.html; the app's own views (parts/) take their place as soon as they can.
import { keepField, leftIn, watchComposing } from './field';
import type { FirstView, Stage } from './stage';

/** Fills the view in. */
export function shellView(page: HTMLElement, stage: Stage, send: () => void): FirstView {
  const { config, words } = stage;
  const find = <Found extends HTMLElement>(selector: string) =>
    page.querySelector(selector) as Found;
  const field = find<HTMLTextAreaElement>('textarea');
  const form = find<HTMLFormElement>('form');
  const thread = find('.thread');
  find('h1').textContent = config.name;
  field.ariaLabel = words.message;
  field.placeholder = words.write;
  find('.send').ariaLabel = words.send;

  const submit = () => {
    const content = field.value.trim();
    if (content) stage.submit({ content });
    field.value = '';
    send();
  };
  keepField(field, stage, submit);
  form.onsubmit = (event) => {
    event.preventDefault();
    submit();
  };
  return {
    kind: 'shell',
    calm: watchComposing(page),
    leave() {
      const left = leftIn(field);
      page.remove();
      return left;
    },
    fail(again) {
      field.value = stage.takeBack();
      const button = document.createElement('button');
      button.className = 'fill';
      button.textContent = words.again;
      button.onclick = again;
      thread.replaceChildren(words.unreachable, button);
    },
  };
}
