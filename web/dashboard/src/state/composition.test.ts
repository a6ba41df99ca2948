// @vitest-environment jsdom
// Promises of a composition: a note never becomes a reply, and a message waits for its files and goes with them.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Composition } from './composition.svelte';
import { readDraft } from './drafts';
import type { LetterFile } from './sending.svelte';
import type { UploadOutcome } from './upload-file';

const sent: { content: string; isNote: boolean; files: readonly LetterFile[] }[] = [];
let answers: ((outcome: UploadOutcome) => void)[] = [];
let isFull = false;

vi.mock('./upload-file', () => ({
  uploadFile: () => new Promise<UploadOutcome>((resolve) => answers.push(resolve)),
}));

function compose() {
  return new Composition({
    account: 1,
    user: 1,
    conversation: 7,
    onSignedOut: () => undefined,
    send(content, isNote, files) {
      if (!isFull) sent.push({ content, isNote, files });
      return !isFull;
    },
  });
}

const file = (name: string) => new File(['x'], name);
const blob = (name: string) =>
  ({ blob_id: name, file_name: name, file_size: 1 }) as unknown as LetterFile & { blob_id: string };
const settled = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  [sent.length, answers.length, isFull] = [0, 0, false];
  answers = [];
});
afterEach(() => localStorage.clear());

test('each mode has its own words, and sends them as what they are', () => {
  const one = compose();
  one.text = 'Hello Ann';
  one.choose('note');
  expect(one.text).toBe('');
  one.text = 'She is a good customer';
  expect(one.has('reply')).toBe(true);
  expect(one.send()).toBe(true);
  expect(sent).toEqual([{ content: 'She is a good customer', isNote: true, files: [] }]);
  expect(one.mode).toBe('note');
  one.choose('reply');
  expect(one.text).toBe('Hello Ann');
});

test('what is written is there after a reload, and gone once it was sent', () => {
  const one = compose();
  one.text = 'Half a sen';
  one.flush();
  expect(compose().text).toBe('Half a sen');
  one.send();
  expect(readDraft(1, 1, 7).reply).toBe('');
});

test('a full outbox leaves the words where they are', () => {
  isFull = true;
  const one = compose();
  one.text = 'Hello';
  expect(one.send()).toBe(false);
  expect([one.text, one.isFull]).toEqual(['Hello', true]);
});

test('a message waits for its files, whatever is done meanwhile', async () => {
  const one = compose();
  one.text = 'See the invoice';
  one.addFiles([file('a.pdf'), file('b.pdf')]);
  expect(one.send()).toBe(false);
  expect(one.waiting).toBe('reply');
  one.choose('note');
  answers[0]?.({ kind: 'done', file: blob('a') });
  await settled();
  expect(sent).toHaveLength(0);
  answers[1]?.({ kind: 'done', file: blob('b') });
  await settled();
  expect(sent).toMatchObject([
    { content: 'See the invoice', isNote: false, files: [{ blob_id: 'a' }, { blob_id: 'b' }] },
  ]);
  expect(one.has('reply')).toBe(false);
});

test('a file that did not arrive holds the message back until it is tried again or removed', async () => {
  const one = compose();
  one.addFiles([file('a.pdf')]);
  one.send();
  answers[0]?.({ kind: 'failed' });
  await settled();
  expect([one.waiting, one.files.hasFailed, one.send()]).toEqual([null, true, false]);
  one.wake();
  answers[1]?.({ kind: 'done', file: blob('a') });
  await settled();
  expect(one.send()).toBe(true);
  expect(sent).toMatchObject([{ content: '', files: [{ blob_id: 'a' }] }]);
});

test('the limits are told before anything travels', () => {
  const one = compose();
  const large = file('large.mov');
  Object.defineProperty(large, 'size', { value: 26 * 1024 * 1024 });
  expect(one.addFiles([large, new File([], 'empty.txt')])).toEqual([
    { kind: 'large', names: ['large.mov'] },
    { kind: 'empty', names: ['empty.txt'] },
  ]);
  const many = Array.from({ length: 12 }, (_, at) => file(`${at}.txt`));
  expect(one.addFiles(many)).toEqual([{ kind: 'many' }]);
  expect(one.files.list).toHaveLength(10);
  // No more than three travel at once.
  expect(answers).toHaveLength(3);
});

test('a file that arrived goes with its draft over a reload, and away with the message', async () => {
  const one = compose();
  one.addFiles([file('a.pdf')]);
  answers[0]?.({ kind: 'done', file: blob('a') });
  await settled();
  one.flush();
  const again = compose();
  expect(again.files.list.map(({ name, status }) => [name, status])).toEqual([['a', 'done']]);
  expect(again.send()).toBe(true);
  expect(sent).toMatchObject([{ content: '', files: [{ blob_id: 'a' }] }]);
  expect(compose().has('reply')).toBe(false);
});

test('a signature that was left out is back for the next reply', () => {
  const one = compose();
  one.signs = false;
  one.text = 'Hello';
  one.choose('note');
  one.text = 'Careful';
  one.send();
  expect(one.signs).toBe(false);
  one.choose('reply');
  one.send((text) => `${text}, Maya`);
  expect([one.signs, sent.at(-1)?.content]).toEqual([true, 'Hello, Maya']);
});
