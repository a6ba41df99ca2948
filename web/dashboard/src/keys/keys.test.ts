// @vitest-environment jsdom
// Promises of the shortcuts: nothing is pressed twice, nothing while one types, and characters can be switched off.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keys, type Binding } from './keys.svelte';
import { isStep } from './press';
import { SHORTCUTS, type Shortcut } from './table';

let done: string[] = [];
let undo: (() => void)[] = [];

function bind(name: string, binding: Partial<Binding> & { keys: Binding['keys'] }) {
  undo.push(keys.register('list', [{ label: name, run: () => void done.push(name), ...binding }]));
}

function press(key: string, held: KeyboardEventInit = {}, on: Element = document.body) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held });
  on.dispatchEvent(event);
  return event;
}

function field(html: string): Element {
  document.body.innerHTML = html;
  return document.body.querySelector('[data-here]') ?? document.body;
}

beforeEach(() => {
  done = [];
  keys.setCharacters(true);
});
afterEach(() => {
  for (const run of undo) run();
  undo = [];
  vi.useRealTimers();
});

test('the table gives every key one meaning but Escape, and none begins another', () => {
  const all = Object.values<Record<string, Shortcut>>(SHORTCUTS)
    .flatMap((scope) => Object.values(scope).flatMap((one) => [one.keys].flat()))
    .filter((key) => key !== 'Escape');
  expect(new Set(all).size).toBe(all.length);
  const begins = all.filter((one) => all.some((other) => other.startsWith(`${one} `)));
  expect(begins).toEqual([]);
});

test('what was bound last is asked first, and steps aside when it does not apply', () => {
  let applies = true;
  bind('outer', { keys: 'e' });
  bind('inner', { keys: 'e', when: () => applies });
  expect(press('e').defaultPrevented).toBe(true);
  applies = false;
  press('e');
  undo.pop()?.();
  press('e');
  expect(done).toEqual(['inner', 'outer', 'outer']);
  expect(press('q').defaultPrevented).toBe(false);
});

test.each([
  '<input data-here>',
  '<textarea data-here></textarea>',
  '<div role="menu"><button data-here></button></div>',
  '<div role="dialog"><button data-here></button></div>',
])('no character does anything in %s', (html) => {
  bind('resolve', { keys: 'e' });
  press('e', {}, field(html));
  expect(done).toEqual([]);
});

test('what no text is written with may work while typing; a character that stands for it does not', () => {
  bind('palette', { keys: ['mod+k', '/'], whileTyping: true });
  const area = field('<textarea data-here></textarea>');
  press('/', {}, area);
  press('k', { ctrlKey: true }, area);
  press('/');
  expect(done).toEqual(['palette', 'palette']);
});

test('a sequence needs both keys, soon, and its end does not run what the key alone does', () => {
  vi.useFakeTimers();
  bind('mine', { keys: 'g m' });
  bind('resolved', { keys: 'g r' });
  bind('reply', { keys: 'r' });
  press('g');
  press('r');
  press('r');
  press('g');
  vi.advanceTimersByTime(2_000);
  press('m');
  press('g');
  press('Shift', { shiftKey: true });
  press('m');
  expect(done).toEqual(['resolved', 'reply', 'mine']);
});

test('characters can be switched off; arrows and combinations stay', () => {
  keys.setCharacters(false);
  bind('next', { keys: ['j', 'ArrowDown'] });
  bind('palette', { keys: 'mod+k' });
  bind('mine', { keys: 'g m' });
  press('j');
  press('g');
  press('m');
  press('ArrowDown');
  press('k', { ctrlKey: true });
  expect(done).toEqual(['next', 'palette']);
});

test('a held key repeats only what may be repeated', () => {
  bind('next', { keys: 'j', repeats: true });
  bind('resolve', { keys: 'e' });
  press('j', { repeat: true });
  press('e', { repeat: true });
  expect(done).toEqual(['next']);
});

const held = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

test.each([
  ['?', { key: '?', code: 'Minus', shiftKey: true }, true],
  ['e', { key: 'E', code: 'KeyE', shiftKey: true }, false],
  ['e', { key: 'E', code: 'KeyE' }, true],
  ['j', { key: 'о', code: 'KeyJ' }, true],
  ['j', { key: 'j', code: 'KeyJ', ctrlKey: true }, false],
  ['mod+k', { key: 'k', code: 'KeyK', ctrlKey: true }, true],
  ['mod+k', { key: 'k', code: 'KeyK', ctrlKey: true, altKey: true }, false],
  ['Shift+ArrowUp', { key: 'ArrowUp', code: 'ArrowUp', shiftKey: true }, true],
  ['ArrowUp', { key: 'ArrowUp', code: 'ArrowUp', shiftKey: true }, false],
  [
    '[',
    { key: '[', code: 'Digit8', ctrlKey: true, altKey: true, getModifierState: () => true },
    true,
  ],
])('%s and %j: %s', (step, given, is) => {
  expect(isStep({ ...held, ...given }, step, false)).toBe(is);
});
