// Starts the chat's page: language and colours from the settings, then the first view; the app comes behind it. Nothing else.
import { Memory } from './chat/memory';
import { readConfig, type ChatConfig } from './config';
import { shellView } from './first/shell';
import { Stage, type FirstView } from './first/stage';
import { welcomeView } from './first/welcome';
import { chooseLanguage, loadWords } from './language';
import { english } from './words';
import './frame.css';

const config = readConfig();
const root = document.documentElement;
root.style.setProperty('--brand', config?.color ?? '#28483b');
root.style.setProperty('--on-brand', config?.ink ?? '#fff');
root.classList.add(config?.embedded ? 'embedded' : 'alone');
const [welcome, shell] = document.querySelectorAll<HTMLElement>('.page') as unknown as [
  HTMLElement,
  HTMLElement,
];

if (config) void begin(config);
else {
  // A link that was mistyped, or a chat that was removed.
  welcome.remove();
  shell.querySelector('form')?.remove();
  shell.querySelector('.close')?.remove();
  shell.querySelector('h1')?.replaceChildren(english.chat);
  shell.querySelector('.thread')?.replaceChildren(english.unknown);
}

async function begin(config: ChatConfig): Promise<void> {
  const memory = new Memory(config.token);
  // What the website's script chose, then the inbox's setting, then the browser's wish.
  const wanted = [memory.recall(':lang') ?? '', config.lang, ...navigator.languages];
  const words = await loadWords(chooseLanguage(wanted));
  root.lang = words.lang;
  // The inbox's direction belongs to the inbox's language; a visitor who reads another one has that one's.
  root.dir = (memory.recall(':lang') === null && config.lang && config.dir) || words.dir;
  document.title = config.name;
  const stage = new Stage(config, words, memory);
  // Whoever wrote before has a conversation to come back to.
  const known = stage.memory.recall('') !== null;
  (known ? welcome : shell).remove();
  const page = known ? shell : welcome;
  const load = () => void loadApp(stage, view);
  const view: FirstView = (known ? shellView : welcomeView)(page, stage, load);
  const close = page.querySelector<HTMLButtonElement>('.close');
  if (close) {
    close.ariaLabel = words.close;
    close.onclick = stage.close ?? null;
    close.hidden = !stage.close;
  }
  page.querySelector('main')?.setAttribute('aria-label', words.chat);
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) stage.close?.();
  });
  // Where a field in focus opens a keyboard over half of the page, opening the chat must not do that.
  const target = matchMedia('(pointer: coarse)').matches ? '.page' : 'textarea';
  stage.listen((message) => {
    if (message.type === 'open' && message.focus)
      document.querySelector<HTMLElement>(target)?.focus();
  });
  // One turn later, the first view is on the screen.
  setTimeout(load);
  stage.host?.tell({ type: 'ready' });
}

let taken = false;

async function loadApp(stage: Stage, view: FirstView): Promise<void> {
  if (taken) return;
  try {
    const { take } = await import('./app');
    if (taken) return;
    taken = true;
    take(stage, view);
  } catch {
    // The page stays useful: the text is kept, and sending tries again.
    view.fail(() => void loadApp(stage, view));
  }
}
