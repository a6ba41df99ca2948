// @vitest-environment jsdom
// Promises of deleting: it can be taken back in time, is sent once, and what the server refuses is there again.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { message } from './builders';
import { DELETE_AFTER_MS, Deletions } from './deletions.svelte';

const asked: number[] = [];
const failed: unknown[] = [];
const gone: number[] = [];
let refuses = false;
/** The server's answer comes when this does. */
let answer: Promise<void>;

function make() {
  return new Deletions({
    api: {
      deleteMessage: async (_conversation, id) => {
        asked.push(id);
        await answer;
        if (refuses) throw new Error('no');
      },
    },
    onDeleted: (one) => gone.push(one.id),
  });
}

const one = message({ id: 5, content: 'Oops' });
const seen = (deletions: Deletions) => deletions.after([one]).map((it) => it.content);

beforeEach(() => {
  vi.useFakeTimers();
  [asked.length, failed.length, gone.length, refuses] = [0, 0, 0, false];
  answer = Promise.resolve();
});
afterEach(() => vi.useRealTimers());

test('it is out of sight at once and deleted once, later', async () => {
  const deletions = make();
  deletions.add(one, (error) => failed.push(error));
  deletions.add(one, (error) => failed.push(error));
  expect([seen(deletions), deletions.isWaiting(5), asked]).toEqual([[''], true, []]);
  await vi.advanceTimersByTimeAsync(DELETE_AFTER_MS);
  expect([asked, gone, deletions.isWaiting(5)]).toEqual([[5], [5], false]);
});

test('it can be taken back', async () => {
  const deletions = make();
  deletions.add(one, (error) => failed.push(error));
  deletions.undo(5);
  expect(seen(deletions)).toEqual(['Oops']);
  await vi.advanceTimersByTimeAsync(DELETE_AFTER_MS);
  expect(asked).toEqual([]);
});

test('what is refused is there again', async () => {
  refuses = true;
  const deletions = make();
  deletions.add(one, (error) => failed.push(error));
  await vi.advanceTimersByTimeAsync(DELETE_AFTER_MS);
  expect([seen(deletions), failed.length, gone]).toEqual([['Oops'], 1, []]);
});

test('who leaves the page cannot take it back: it is deleted now', () => {
  const deletions = make();
  deletions.add(one, (error) => failed.push(error));
  window.dispatchEvent(new Event('pagehide'));
  deletions.close();
  expect(asked).toEqual([5]);
});

test('who logs out waits until the server knows of every deletion', async () => {
  let come = () => {};
  answer = new Promise((resolve) => (come = resolve));
  const deletions = make();
  deletions.add(one, (error) => failed.push(error));
  deletions.add(message({ id: 6 }), (error) => failed.push(error));
  await vi.advanceTimersByTimeAsync(DELETE_AFTER_MS);
  deletions.add(message({ id: 7 }), (error) => failed.push(error));
  let flushed = false;
  const flushing = deletions.flush().then(() => (flushed = true));
  await vi.advanceTimersByTimeAsync(0);
  expect([asked, flushed]).toEqual([[5, 6, 7], false]);
  come();
  await flushing;
  expect([gone, failed]).toEqual([[5, 6, 7], []]);
});
