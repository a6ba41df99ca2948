// @vitest-environment jsdom
// Promises of notifications: one tab tells, not of what one looks at, and no flood of sayings.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { conversation, ME } from '../state/builders';
import { claim } from './claim';
import { concerns, means, patience } from './rules';
import { Sayings } from './sayings';
import { choicesOf } from './settings.svelte';

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test.each([
  ['all', {}, true],
  ['mine', {}, false],
  ['mine', { owner: 2 }, false],
  ['mine', { owner: ME }, true],
  ['mine', { owner: 2, agents: [{ id: ME, name: 'Me' }] }, true],
  ['none', { owner: ME }, false],
] as const)('about %s, %j: %s', (about, given, does) => {
  expect(
    concerns(
      about,
      conversation({ ...given, agents: [...('agents' in given ? given.agents : [])] }),
      ME,
    ),
  ).toBe(does);
});

test('who has it before their eyes hears nothing and is first to say so; a seen tab shows nothing on the desktop', () => {
  const both = { sound: true, desktop: true };
  expect(means({ watches: true, isVisible: true }, both)).toEqual({ sound: false, desktop: false });
  expect(means({ watches: false, isVisible: true }, both)).toEqual({ sound: true, desktop: false });
  expect(means({ watches: false, isVisible: false }, both)).toEqual({ sound: true, desktop: true });
  const waits = [
    patience({ watches: true, isVisible: true }),
    patience({ watches: false, isVisible: true }),
    patience({ watches: false, isVisible: false }),
  ];
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
});

/** The locks of a browser, as far as they are used. */
function stubLocks() {
  const held = new Set<string>();
  vi.stubGlobal('navigator', {
    locks: {
      async request(name: string, _options: object, run: (lock: object | null) => Promise<void>) {
        if (held.has(name)) return run(null);
        held.add(name);
        await run({});
        held.delete(name);
      },
    },
  });
}

test.each([true, false])(
  'of three tabs one tells, the first that claims (locks: %s)',
  async (hasLocks) => {
    if (hasLocks) stubLocks();
    else vi.stubGlobal('navigator', {});
    const asked = Promise.all([claim('1/7', 300), claim('1/7', 0), claim('1/7', 120)]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await asked).toEqual([false, true, false]);
    const later = claim('1/7', 0);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await later).toBe(false);
    const other = claim('1/8', 0);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await other).toBe(true);
  },
);

test('the first message is said at once, a flood after it as a number', () => {
  const said: string[] = [];
  const sayings = new Sayings((text) => said.push(text));
  for (const text of ['a', 'b', 'c']) sayings.add(text);
  expect(said).toEqual(['a']);
  vi.advanceTimersByTime(6_000);
  expect(said).toEqual(['a', '2 new messages']);
  sayings.add('d');
  vi.advanceTimersByTime(6_000);
  expect(said).toEqual(['a', '2 new messages', 'd']);
  vi.advanceTimersByTime(60_000);
  expect(said).toHaveLength(3);
});

test.each([
  [null, { sound: true, desktop: false, about: 'all', flash: false }],
  ['loud', { sound: true, desktop: false, about: 'all', flash: false }],
  [
    { sound: false, about: 'mine', desktop: 'yes' },
    { sound: false, desktop: false, about: 'mine', flash: false },
  ],
  [
    { desktop: true, flash: true, about: 'some' },
    { sound: true, desktop: true, about: 'all', flash: true },
  ],
])('of what the profile keeps, %j, that counts which means something', (kept, choices) => {
  expect(choicesOf(kept)).toEqual(choices);
});
