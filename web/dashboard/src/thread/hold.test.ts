// @vitest-environment jsdom
// A finger that rests opens a message's menu; a tap, a scroll, a mouse and a link do not.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { held } from './hold';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function bubble() {
  const node = document.createElement('div');
  node.innerHTML = '<p>Hello <a href="#x">link</a></p>';
  const run = vi.fn();
  const leave = held(run)(node);
  const press = (type: string, on: Element = node, pointerType = 'touch') => {
    const event = new MouseEvent(type, { bubbles: true });
    on.dispatchEvent(Object.assign(event, { pointerType, isPrimary: true }));
  };
  return { node, run, leave, press };
}

test('a finger that rests', () => {
  const { run, press } = bubble();
  press('pointerdown');
  vi.advanceTimersByTime(449);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledOnce();
});

test.each(['pointerup', 'pointercancel', 'pointerleave'])(
  'one that goes with %s does not',
  (end) => {
    const { run, press } = bubble();
    press('pointerdown');
    press(end);
    vi.runAllTimers();
    expect(run).not.toHaveBeenCalled();
  },
);

test('a mouse, a link, and what is gone do not', () => {
  const { node, run, leave, press } = bubble();
  press('pointerdown', node, 'mouse');
  press('pointerdown', node.querySelector('a') as Element);
  vi.runAllTimers();
  press('pointerdown');
  leave?.();
  vi.runAllTimers();
  expect(run).not.toHaveBeenCalled();
});
