// The first view of whoever never wrote: title, who is here, and a form that begins the chat. The elements stand in index.html.
// It stays until there is a conversation; the app never draws it again.
import { namesOf } from '../chat/names';
import { drawFaces } from './faces';
import { keepField, leftIn, watchComposing } from './field';
import type { FirstView, Stage } from './stage';

/** Pixels of a face beside "is here". */
const FACE_PX = 36;

/** Fills the view in. `send` tries to fetch the app, which then takes what was submitted. */
export function welcomeView(page: HTMLElement, stage: Stage, send: () => void): FirstView {
  const { config, words } = stage;
  const find = <Found extends HTMLElement>(selector: string) =>
    page.querySelector(selector) as Found;
  const [nameLabel, emailLabel, messageLabel] = page.querySelectorAll<HTMLElement>('label > span');
  const name = find<HTMLInputElement>('#name');
  const email = find<HTMLInputElement>('#email');
  const field = find<HTMLTextAreaElement>('textarea');
  const button = find<HTMLButtonElement>('.fill');
  const hint = find('.hint');
  const form = find<HTMLFormElement>('form');
  let busy = false;

  const say = (selector: string, text: string) => {
    find(selector).textContent = text;
    find(selector).hidden = !text;
  };
  say('.name', config.name);
  say('h1', config.title);
  say('.tagline', config.tagline);
  say('.greeting', config.greeting);
  say('#waits', words.waits);
  say('footer', words.runsOn);
  button.textContent = words.start;
  const optional = (label: HTMLElement | undefined, text: string) => {
    const small = document.createElement('small');
    small.textContent = words.optional;
    label?.replaceChildren(`${text} `, small);
  };
  optional(nameLabel, words.yourName);
  optional(emailLabel, words.yourEmail);
  if (messageLabel) messageLabel.textContent = words.message;
  field.placeholder = words.askAnything;
  // What is not asked is not there.
  if (config.ask === 'nothing') name.parentElement?.remove();
  if (config.ask !== 'name_email') email.parentElement?.remove();

  const showMode = () => {
    const { mode } = stage;
    const offline = mode === 'offline';
    const away = mode === 'away';
    const here = config.team.length
      ? words.areHere(namesOf(config.team, words), config.team.length)
      : words.weAreHere;
    drawFaces(find('.faces'), offline ? [] : config.team, FACE_PX);
    find('.dot').hidden = offline || away;
    say('#here', offline ? words.nobodyHere : away ? words.takesAWhile : here);
  };
  showMode();
  stage.listen(({ type }) => {
    if (type === 'mode') showMode();
  });

  const isBusy = (now: boolean) => {
    busy = now;
    button.textContent = now ? words.oneMoment : words.start;
  };

  const submit = async () => {
    if (busy) return;
    if (!field.value.trim() && !stage.attached?.any) return field.focus();
    if (!email.validity.valid) {
      hint.textContent = words.badEmail;
      return email.focus();
    }
    isBusy(true);
    hint.textContent = '';
    // What is still on its way up belongs to this message, and what failed is not left out in silence.
    if (stage.attached && !(await stage.attached.settle())) return isBusy(false);
    const content = field.value.trim();
    stage.submit({ content, name: name.value.trim(), email: email.value.trim() });
    // What is typed from here on is the next message.
    field.value = '';
    field.focus();
    send();
  };
  keepField(field, stage, () => void submit());
  form.onsubmit = (event) => {
    event.preventDefault();
    void submit();
  };
  const stopMeasuring = measure(find('.welcome'), (height) =>
    stage.host?.tell({ type: 'resize', height }),
  );
  const calm = watchComposing(page);

  return {
    kind: 'welcome',
    calm,
    leave() {
      const left = leftIn(field);
      stopMeasuring();
      page.remove();
      return left;
    },
    fail() {
      if (!busy) return;
      isBusy(false);
      field.value = stage.takeBack();
      hint.textContent = `${words.unreachable} ${words.keptHere}`;
    },
  };
}

/** Tells how high the page would be if nothing held it; the page itself fills its window. */
function measure(page: HTMLElement, resize: (height: number) => void): () => void {
  const watch = new ResizeObserver(() => {
    page.style.setProperty('min-height', '0');
    // A hidden page has no height, and nobody wants to see that.
    if (page.offsetHeight) resize(page.offsetHeight);
    page.style.removeProperty('min-height');
  });
  for (const part of page.children) watch.observe(part);
  return () => watch.disconnect();
}
