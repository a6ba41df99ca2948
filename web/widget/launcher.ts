// The button on the host's page that opens the chat: one classic script, put together without imports at run time.
// Not the chat itself, which lives in an iframe of our origin so that the page's scripts cannot read along.
import type { WidgetMode } from '../realtime/wire';
import { followMode } from './launcher/mode-line';
import { launcherStyle } from './launcher/style';
import { launcherView, make } from './launcher/view';
import { post, read, type ToFrame, type ToPage } from './shared/messages';

interface LauncherConfig {
  name: string;
  /** #rrggbb; the server lets nothing else pass. */
  color: string;
  /** What is readable on it. */
  ink: string;
  mode: WidgetMode;
  /** Origin of the server, http(s). */
  base: string;
  /** website_token. */
  token: string;
}

/** Without a word from the frame for this long, the reader is told that the chat cannot be reached. */
const READY_MS = 10_000;
/** At this width and under, the chat takes the whole page. */
const PHONE = '(max-width: 480px)';

// The server puts an object in the place of this string.
const config = '__FRONTDESK_CONFIG__' as unknown as LauncherConfig;

/** Asks a storage of the host's page; a page that may not store only forgets. */
function recall<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}

function start(): void {
  const view = launcherView(launcherStyle(config.color, config.ink));
  const { host, bubble, panel } = view;
  const origin = new URL(config.base).origin;
  const key = `frontdesk:${config.token}:launcher`;
  let frame: HTMLIFrameElement | null = null;
  let mode = config.mode;
  let unread = 0;
  let active = false;
  let open = false;
  let ready = false;
  let readyTimer = 0;

  const tell = (message: ToFrame) => {
    if (ready && frame?.contentWindow) post(frame.contentWindow, origin, message);
  };

  const show = () => {
    const count = open ? 0 : unread;
    host.hidden = mode === 'hidden' && !open && !active;
    panel.hidden = !open;
    bubble.setAttribute('aria-expanded', `${open}`);
    bubble.setAttribute(
      'aria-label',
      open ? 'Close chat' : 'Open chat' + (count ? `, ${count} unread` : ''),
    );
    view.count.hidden = !count;
    view.count.textContent = count > 99 ? '99+' : `${count}`;
  };

  const unreachable = () => {
    const again = make('button', 'again', 'Try again');
    again.onclick = load;
    view.say.replaceChildren('The chat cannot be reached right now.', again);
  };

  const load = () => {
    frame?.remove();
    ready = false;
    view.say.replaceChildren();
    view.cover.hidden = false;
    frame = document.createElement('iframe');
    frame.title = `Chat with ${config.name}`;
    frame.allow = 'clipboard-write';
    // The frame answers only to the origin named here, and the browser tells it whether that is true.
    frame.src = `${config.base}/widget/${config.token}/frame#${encodeURIComponent(location.origin)}`;
    panel.prepend(frame);
    clearTimeout(readyTimer);
    readyTimer = setTimeout(unreachable, READY_MS);
  };

  /** `byPerson`: somebody asked for it just now; only then may focus move. */
  const setOpen = (next: boolean, byPerson = true) => {
    const hadFocus = document.activeElement === host;
    open = next;
    recall(() => {
      // Open stays open on the next page of the site.
      sessionStorage.setItem(key, open ? '1' : '');
      if (open) localStorage.setItem(key, '1');
    });
    if (open && !frame) load();
    panel.classList.toggle('rise', byPerson);
    show();
    tell(open ? { type: 'open', focus: byPerson } : { type: 'close' });
    if (open && byPerson && !view.cover.hidden) view.x.focus();
    if (!open && hadFocus) bubble.focus();
  };

  const hear = (message: ToPage) => {
    switch (message.type) {
      case 'ready':
        clearTimeout(readyTimer);
        ready = view.cover.hidden = true;
        tell({ type: 'mode', mode });
        if (open) tell({ type: 'open', focus: document.activeElement === host });
        break;
      case 'close':
        setOpen(false);
        break;
      case 'unread':
        unread = message.count;
        active = message.active;
        show();
        break;
      case 'resize':
        panel.style.height = message.height === null ? '' : `${message.height}px`;
        break;
    }
  };

  bubble.onclick = () => setOpen(!open);
  view.x.onclick = () => setOpen(false);
  host.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && open) setOpen(false);
  });
  addEventListener('message', (event) => {
    const message = read<ToPage>(event, frame?.contentWindow, origin);
    if (message) hear(message);
  });
  show();
  document.body.append(host);
  // Sites that swap their body between pages would lose us.
  new MutationObserver(() => {
    if (!host.isConnected) document.body?.append(host);
  }).observe(document.documentElement, { childList: true });

  followMode(config.base, config.token, (next) => {
    mode = next;
    show();
    tell({ type: 'mode', mode });
  });
  if (recall(() => sessionStorage.getItem(key)) && !matchMedia(PHONE).matches) setOpen(true, false);
  // Opened before: the chat may have news.
  else if (recall(() => localStorage.getItem(key)))
    (window.requestIdleCallback ?? setTimeout)(() => frame ?? load());
}

/** One launcher per page, however often the script is on it. */
const page = window as Window & { frontdeskLauncher?: true };
if (!page.frontdeskLauncher) {
  page.frontdeskLauncher = true;
  if (document.body) start();
  else addEventListener('DOMContentLoaded', start);
}
