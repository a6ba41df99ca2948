// @vitest-environment jsdom
// `window.frontdesk` as a website's script meets it: before and after it came, and when the frame comes late.
import { afterEach, expect, test, vi } from 'vitest';
import type { Frontdesk } from '../host-api';
import type { Core } from '../shared/core';
import { publish } from './api';
import { Frame } from './frame';

afterEach(() => {
  delete window.frontdesk;
  vi.restoreAllMocks();
});

function launcher(options: DOMStringMap = {}) {
  const core = {
    options,
    host: document.createElement('div'),
    open: false,
    off: false,
    unread: 0,
    words: { open: 'Open chat' },
    show: vi.fn(),
    tell: vi.fn(),
    load: vi.fn(),
    heard: () => undefined,
    setOpen: vi.fn((next: boolean) => {
      core.open = next;
      core.heard({ type: next ? 'opened' : 'closed' });
    }),
  } as unknown as Core & { tell: ReturnType<typeof vi.fn>; setOpen: ReturnType<typeof vi.fn> };
  publish(core, new Frame(core));
  return { core, frontdesk: window.frontdesk as Frontdesk };
}

test('what was pushed before runs in its order, and what is pushed later runs at once', () => {
  const told: string[] = [];
  window.frontdesk = [
    () => told.push('first'),
    () => {
      throw new Error('the website’s own');
    },
    (it: Frontdesk) => it.on('open', () => told.push('opened')),
  ];
  const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { frontdesk } = launcher();
  frontdesk.push((it) => it.open());
  expect(told).toEqual(['first', 'opened']);
  expect(complaint).toHaveBeenCalledOnce();
});

test('listeners are told, once each, until they stop listening', () => {
  const { core, frontdesk } = launcher();
  const heard = vi.fn();
  const stop = frontdesk.on('unread', heard);
  frontdesk.on('unread', heard);
  core.heard({ type: 'unread', count: 2, active: true });
  stop();
  core.heard({ type: 'unread', count: 3, active: true });
  expect(heard.mock.calls).toEqual([[2]]);
});

test('what is said before the frame is ready waits for it', async () => {
  const { core, frontdesk } = launcher();
  const known = frontdesk.identify({ name: 'Anna' });
  await Promise.resolve();
  expect(core.load).toHaveBeenCalled();
  expect(core.tell).not.toHaveBeenCalled();
  core.heard({ type: 'ready' });
  expect(core.tell).toHaveBeenCalledWith({ type: 'identify', id: 1, person: { name: 'Anna' } });
  core.heard({ type: 'identified', id: 1, problem: null });
  await expect(known).resolves.toBeUndefined();
});

test('the server’s refusal rejects, and a mistake never leaves the page', async () => {
  const { core, frontdesk } = launcher();
  core.heard({ type: 'ready' });
  const refused = frontdesk.identify({ identifier: 'u1' });
  await Promise.resolve();
  core.heard({ type: 'identified', id: 1, problem: 'Wrong hash.' });
  await expect(refused).rejects.toThrow('Wrong hash.');
  await expect(frontdesk.setAttributes('gold' as never)).rejects.toThrow(TypeError);
  expect(core.tell).toHaveBeenCalledTimes(1);
});

test('a theme is said again to a frame that was loaded anew', () => {
  const { core, frontdesk } = launcher();
  frontdesk.setTheme('dark');
  core.heard({ type: 'ready' });
  core.heard({ type: 'ready' });
  expect(core.tell.mock.calls).toEqual([
    [{ type: 'theme', theme: 'dark' }],
    [{ type: 'theme', theme: 'dark' }],
  ]);
});

test('the bubble speaks the language that the website asks for, or stays as it is', () => {
  const { core, frontdesk } = launcher({ locale: 'de-AT' });
  expect(core.words.open).toBe('Chat öffnen');
  expect(core.show).toHaveBeenCalled();
  frontdesk.setLocale('pt-BR');
  expect(core.words.open).toBe('Chat öffnen');
});

test('hiding closes, showing does not open, opening shows', () => {
  const { core, frontdesk } = launcher({ hidden: '' });
  expect(core.off).toBe(true);
  frontdesk.open();
  expect([core.off, frontdesk.isOpen]).toEqual([false, true]);
  frontdesk.hide();
  expect([core.off, frontdesk.isOpen]).toEqual([true, false]);
  frontdesk.show();
  expect([core.off, frontdesk.isOpen]).toEqual([false, false]);
  frontdesk.toggle();
  expect(frontdesk.isOpen).toBe(true);
});
