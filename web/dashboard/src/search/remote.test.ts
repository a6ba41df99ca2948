// @vitest-environment jsdom
// Promises of asking the server: once per pause, the newest question wins, a failure can be repeated.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Remote } from './remote.svelte';

let asked: { q: string; answer: (found: unknown) => void; signal: AbortSignal }[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  vi.stubGlobal('fetch', (url: string, { signal }: { signal: AbortSignal }) => {
    const q = new URL(url, 'https://desk.example').searchParams.get('q') ?? '';
    return new Promise((answer, refuse) => {
      signal.addEventListener('abort', () => refuse(signal.reason));
      asked.push({
        q,
        signal,
        answer: (payload) =>
          answer(new Response(JSON.stringify(payload), { status: payload ? 200 : 503 })),
      });
    });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const found = (id: number) => ({
  payload: { conversations: [], contacts: [], messages: [{ id, excerpt: [] }] },
});

test('many letters are one question, and a newer one cancels the older', async () => {
  const remote = new Remote(1);
  for (const text of ['i', 'in', 'inv']) remote.ask(text);
  expect(remote.state).toBe('searching');
  await vi.advanceTimersByTimeAsync(200);
  expect(asked.map(({ q }) => q)).toEqual(['inv']);
  remote.ask('invoice');
  expect(asked[0]?.signal.aborted).toBe(true);
  await vi.advanceTimersByTimeAsync(200);
  asked[1]?.answer(found(7));
  await vi.advanceTimersByTimeAsync(0);
  expect(remote.state).toBe('ready');
  expect(remote.found.messages.map(({ id }) => id)).toEqual([7]);
});

test('one letter asks nothing and forgets what was found', async () => {
  const remote = new Remote(1);
  remote.ask('inv');
  await vi.advanceTimersByTimeAsync(200);
  asked[0]?.answer(found(7));
  await vi.advanceTimersByTimeAsync(0);
  remote.ask('i');
  expect(remote.found.messages).toEqual([]);
  expect(remote.state).toBe('idle');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toHaveLength(1);
});

test('a failure is told, and the same question can be asked again', async () => {
  const remote = new Remote(1);
  remote.ask('inv');
  await vi.advanceTimersByTimeAsync(200);
  asked[0]?.answer(null);
  await vi.advanceTimersByTimeAsync(0);
  expect(remote.state).toBe('failed');
  remote.retry();
  await vi.advanceTimersByTimeAsync(0);
  asked[1]?.answer(found(9));
  await vi.advanceTimersByTimeAsync(0);
  expect(remote.state).toBe('ready');
  expect(remote.found.messages).toHaveLength(1);
});
