// @vitest-environment jsdom
// Promises of drafts: each conversation and each mode has its own, and who logs out leaves none.
import { afterEach, expect, test } from 'vitest';
import { forgetDrafts, keepDraft, readDraft } from './drafts';
import type { KeptFile } from './uploads.svelte';

afterEach(() => localStorage.clear());

const none = { reply: [], note: [] };
const written = { mode: 'note', reply: 'Hello', note: 'Careful', files: none } as const;
const HOUR = 3_600_000;

function file(name: string, hoursAgo: number): KeptFile {
  return {
    blob_id: name,
    file_type: 'file',
    file_name: name,
    content_type: 'text/plain',
    file_size: 1,
    width: null,
    height: null,
    at: Date.now() - hoursAgo * HOUR,
  };
}

test('what was written in both modes is there again', () => {
  keepDraft(1, 1, 7, written);
  expect(readDraft(1, 1, 7)).toEqual(written);
  expect(readDraft(1, 1, 8)).toEqual({ mode: 'reply', reply: '', note: '', files: none });
  expect(readDraft(2, 1, 7).reply).toBe('');
});

test('who logs out leaves nothing, and others keep theirs', () => {
  keepDraft(1, 1, 7, written);
  keepDraft(12, 1, 7, written);
  forgetDrafts(1);
  expect(readDraft(1, 1, 7).reply).toBe('');
  expect(readDraft(12, 1, 7).reply).toBe('Hello');
});

test('nothing written is nothing kept', () => {
  keepDraft(1, 1, 7, written);
  keepDraft(1, 1, 7, { mode: 'note', reply: ' ', note: '', files: none });
  expect(localStorage).toHaveLength(0);
});

test('what an older page kept stays for what it was: a note does not become a reply', () => {
  localStorage.setItem('frontdesk:draft:1:1:7', JSON.stringify({ text: 'Old', isNote: true }));
  expect(readDraft(1, 1, 7)).toEqual({ mode: 'note', reply: '', note: 'Old', files: none });
  localStorage.setItem('frontdesk:draft:1:1:7', '"nonsense"');
  expect(readDraft(1, 1, 7).reply).toBe('');
});

test('files that the server still has are there again, without words, too', () => {
  const files = { reply: [file('old', 24), file('new', 2)], note: [] };
  keepDraft(1, 1, 7, { ...written, reply: '', note: '', files });
  expect(readDraft(1, 1, 7).files.reply.map((one) => one.blob_id)).toEqual(['new']);
  localStorage.setItem(
    'frontdesk:draft:1:1:7',
    JSON.stringify({ mode: 'reply', reply: 'Hi', note: '', files: { reply: [{ at: 'never' }] } }),
  );
  expect(readDraft(1, 1, 7)).toMatchObject({ reply: 'Hi', files: none });
});
