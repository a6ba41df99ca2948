// Tells the reader when the frame does not come, and tries again when asked. Not what happens once it is there: the frame knows.
import type { Core } from '../shared/core';
import type { Frame } from './frame';
import { wordsFor } from './words';

/** Without a word from the frame for this long, it cannot be reached. */
const READY_MS = 10_000;

/** Follows the opening of the panel. */
export function tellOutage(core: Core, frame: Frame): void {
  const say = document.createElement('p');
  const again = document.createElement('button');
  say.role = 'status';
  again.style.cssText = 'display:block;margin:12px auto;padding:12px 20px;border-radius:12px';
  core.cover.append(say);
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    say.replaceChildren();
    timer = setTimeout(() => {
      const words = wordsFor(core.words.lang)?.later;
      again.textContent = words?.again ?? '';
      say.replaceChildren(words?.sorry ?? '', again);
    }, READY_MS);
  };
  again.onclick = () => {
    core.load(true);
    wait();
  };
  frame.listen(({ type }) => {
    if (type === 'ready') clearTimeout(timer);
    if (type === 'opened' && !core.cover.hidden) wait();
  });
}
