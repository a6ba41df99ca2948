// The button on the host's page that opens the chat: one classic script, put together without imports at run time.
// Not the chat itself, which lives in an iframe of our origin so that the page's scripts cannot read along; and not what can wait
// (host/): the line that follows the mode, the JavaScript for the host's page.
import { SMALL, type Core, type Extend, type Heard, type LauncherConfig } from './shared/core';
import { launcherStyle } from './launcher/style';
import { launcherView } from './launcher/view';
import { read, TAG, type ToFrame, type ToPage } from './shared/messages';

/** Path of the later half; the build knows its name. */
declare const __HOST_FILE__: string;

// The server puts an object in the place of this string.
const config = '__FRONTDESK_CONFIG__' as unknown as LauncherConfig;
const options = { ...(document.currentScript as HTMLScriptElement | null)?.dataset };

/** Asks a storage of the host's page; a page that may not store only forgets. */
function recall<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}

function start(): void {
  const left = (options.position ?? config.position) === 'left';
  const view = launcherView(config, launcherStyle(config.color, config.ink, left));
  const { host, bubble, panel } = view;
  const origin = new URL(config.base).origin;
  const key = `frontdesk:${config.token}:launcher`;
  const early: Heard[] = [];
  let frame: HTMLIFrameElement | null = null;
  let active = false;
  let ready = false;

  const tell = (message: ToFrame) => {
    if (ready) frame?.contentWindow?.postMessage({ ...TAG, ...message }, origin);
  };

  const show = () => {
    const { open } = core;
    const count = open ? 0 : core.unread;
    host.hidden = !open && (core.off || (core.mode === 'hidden' && !active));
    panel.hidden = !open && !core.peek;
    bubble.ariaExpanded = `${open}`;
    const { words } = core;
    host.lang = words.lang;
    view.x.ariaLabel = words.close;
    bubble.ariaLabel = open
      ? words.close
      : words.open + (count ? ', ' + words.unread.replace('{}', `${count}`) : '');
    view.count.hidden = !count;
    view.count.textContent = count > 99 ? '99+' : `${count}`;
  };

  const load = () => {
    frame?.remove();
    ready = false;
    view.cover.hidden = false;
    frame = document.createElement('iframe');
    frame.title = core.words.chat.replace('{}', () => config.name);
    frame.allow = 'clipboard-write';
    // The frame answers only to the origin named here, and the browser tells it whether that is true.
    frame.src = `${config.base}/widget/${config.token}/frame#${encodeURIComponent(location.origin)}`;
    panel.prepend(frame);
  };

  const tellOpen = (focus: boolean) =>
    tell({ type: 'open', focus, modal: matchMedia(SMALL).matches });

  const core: Core = {
    config,
    options,
    host,
    root: view.root,
    panel,
    peek: false,
    open: false,
    mode: config.mode,
    words: config.words,
    off: false,
    unread: 0,
    show,
    tell,
    cover: view.cover,
    load: (anew) => (frame && !anew) || load(),
    heard: (message) => void early.push(message),
    setOpen(open, byPerson = true) {
      const hadFocus = document.activeElement === host;
      core.open = open;
      recall(() => {
        // Open stays open on the next page of the site.
        sessionStorage.setItem(key, open ? '1' : '');
        if (open) localStorage.setItem(key, '1');
      });
      if (open && !frame) load();
      panel.classList.toggle('rise', byPerson);
      show();
      if (open) tellOpen(byPerson);
      else tell({ type: 'close' });
      if (open && byPerson && !view.cover.hidden) view.x.focus();
      if (!open && hadFocus) bubble.focus();
      core.heard({ type: open ? 'opened' : 'closed' });
    },
  };

  const hear = (message: ToPage) => {
    switch (message.type) {
      case 'ready':
        ready = view.cover.hidden = true;
        tell({ type: 'mode', mode: core.mode });
        if (core.open) tellOpen(document.activeElement === host);
        break;
      case 'open':
      case 'close':
        core.setOpen(message.type === 'open');
        break;
      case 'unread':
        core.unread = message.count;
        active = message.active;
        show();
        break;
      case 'resize':
        panel.style.height = message.height === null ? '' : `${message.height}px`;
        break;
    }
    core.heard(message);
  };

  bubble.onclick = () => core.setOpen(!core.open);
  view.x.onclick = () => core.setOpen(false);
  host.onkeydown = (event) => {
    if (event.key === 'Escape' && core.open) core.setOpen(false);
  };
  addEventListener('message', (event) => {
    const message = read<ToPage>(event, frame?.contentWindow, origin);
    if (message) hear(message);
  });
  // Sites that swap their body, or what is in it, between pages would lose us.
  const stay = () => {
    if (!host.isConnected) document.body?.append(host);
    if (document.body) watch.observe(document.body, { childList: true });
  };
  const watch = new MutationObserver(stay);
  watch.observe(document.documentElement, { childList: true });
  show();
  stay();

  if (recall(() => sessionStorage.getItem(key)) && !matchMedia(SMALL).matches)
    core.setOpen(true, false);
  (window.requestIdleCallback ?? setTimeout)(() => {
    // Opened before: the chat may have news.
    if (recall(() => localStorage.getItem(key))) core.load();
    import(/* @vite-ignore */ config.base + __HOST_FILE__).then(
      ({ extend }: { extend: Extend }) => extend(core, early),
      // A page may forbid it; then the bubble is all there is.
      () => 0,
    );
  });
}

/** One launcher per page, however often the script is on it. */
const page = window as Window & { frontdeskLauncher?: true };
if (!page.frontdeskLauncher) {
  page.frontdeskLauncher = true;
  if (document.body) start();
  else addEventListener('DOMContentLoaded', start);
}
