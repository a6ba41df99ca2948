// `window.frontdesk`: the JavaScript for the host's page, as host-api.d.ts promises it. Everything from the page is checked here, and
// once more in the frame. Not a way to read what people write.
import type { Frontdesk, FrontdeskEvents, FrontdeskQueue } from '../host-api';
import type { Core } from '../shared/core';
import type { Frame } from './frame';
import { wordsFor } from './words';
import { checkPerson, checkTag, checkTheme } from './checks';

type Listener = (value: never) => void;

/** Puts the functions on the page, and runs what waited for them. */
export function publish(core: Core, frame: Frame): void {
  const before = window.frontdesk as FrontdeskQueue | undefined;
  const frontdesk = makeApi(core, frame);
  window.frontdesk = frontdesk;
  const { theme, locale, hidden, open } = core.options;
  if (theme) attempt(() => frontdesk.setTheme(theme as 'light'));
  if (locale) attempt(() => frontdesk.setLocale(locale));
  if (hidden !== undefined) frontdesk.hide();
  if (open !== undefined) core.setOpen(true, false);
  if (Array.isArray(before)) for (const run of before) frontdesk.push(run as never);
}

function makeApi(core: Core, frame: Frame): Frontdesk {
  const listeners = new Map<string, Set<Listener>>();
  const emit = <Name extends keyof FrontdeskEvents>(name: Name, value: FrontdeskEvents[Name]) =>
    // A listener may take itself away while it is told.
    [...(listeners.get(name) ?? [])].forEach((run) => attempt(() => run(value as never)));

  frame.listen((message) => {
    switch (message.type) {
      case 'ready':
        return emit('ready', undefined);
      case 'opened':
        return emit('open', undefined);
      case 'closed':
        return emit('close', undefined);
      case 'message':
        return emit(`message:${message.what}`, undefined);
      case 'unread':
        return emit('unread', message.count);
    }
  });

  const frontdesk: Frontdesk = {
    get isOpen() {
      return core.open;
    },
    get unread() {
      return core.unread;
    },
    open() {
      core.off = false;
      core.setOpen(true);
    },
    close: () => core.setOpen(false),
    toggle: () => (core.open ? frontdesk.close() : frontdesk.open()),
    hide() {
      core.off = true;
      if (core.open) core.setOpen(false);
      core.show();
    },
    show() {
      core.off = false;
      core.show();
    },
    identify: async (person) => frame.identify(checkPerson(person)),
    setAttributes: async (attributes) => frame.identify(checkPerson({ attributes })),
    reset() {
      if (core.open) core.setOpen(false);
      frame.say({ type: 'reset' });
    },
    setLocale(tag) {
      frame.keep({ type: 'locale', lang: checkTag(tag) });
      core.words = wordsFor(tag) ?? core.words;
      core.show();
    },
    setTheme(theme) {
      frame.keep({ type: 'theme', theme: checkTheme(theme) });
      core.host.style.setProperty('color-scheme', theme === 'auto' ? '' : theme, 'important');
    },
    on(name, listener) {
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all.add(listener as Listener));
      return () => frontdesk.off(name, listener);
    },
    off(name, listener) {
      listeners.get(name)?.delete(listener as Listener);
    },
    push: (run) => attempt(() => run(frontdesk)),
  };
  return Object.freeze(frontdesk);
}

/** What the website's own functions throw is the website's to see, and must not stop ours. */
function attempt(run: () => void): void {
  try {
    run();
  } catch (error) {
    console.error('[Frontdesk]', error);
  }
}
