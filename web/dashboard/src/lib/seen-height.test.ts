// @vitest-environment jsdom
// Promises of the seen height: a keyboard takes its part of the page, zooming in does not.
import { expect, test } from 'vitest';
import { followSeenHeight } from './seen-height';

class View extends EventTarget {
  scale = 1;
  height = window.innerHeight;
}

const seen = () => document.documentElement.style.getPropertyValue('--seen-height');

test('what a keyboard covers is taken off, and given back', () => {
  window.scrollTo = () => undefined;
  const view = new View();
  const end = followSeenHeight(view as unknown as VisualViewport);
  view.height = 400;
  view.dispatchEvent(new Event('resize'));
  expect(seen()).toBe('400px');
  view.height = window.innerHeight;
  view.dispatchEvent(new Event('resize'));
  expect(seen()).toBe('');
  [view.height, view.scale] = [200, 3];
  view.dispatchEvent(new Event('resize'));
  expect(seen()).toBe('');
  [view.height, view.scale] = [400, 1];
  view.dispatchEvent(new Event('scroll'));
  end();
  expect(seen()).toBe('');
});
