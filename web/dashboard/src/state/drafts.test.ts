// @vitest-environment jsdom
// Promises of drafts: each conversation and each mode has its own, and who logs out leaves none.
import { afterEach, expect, test } from 'vitest';
import { forgetDrafts, keepDraft, readDraft } from './drafts';

afterEach(() => localStorage.clear());

const written = { mode: 'note', reply: 'Hello', note: 'Careful' } as const;

test('what was written in both modes is there again', () => {
  keepDraft(1, 1, 7, written);
  expect(readDraft(1, 1, 7)).toEqual(written);
  expect(readDraft(1, 1, 8)).toEqual({ mode: 'reply', reply: '', note: '' });
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
  keepDraft(1, 1, 7, { mode: 'note', reply: ' ', note: '' });
  expect(localStorage).toHaveLength(0);
});

test('what an older page kept stays for what it was: a note does not become a reply', () => {
  localStorage.setItem('frontdesk:draft:1:1:7', JSON.stringify({ text: 'Old', isNote: true }));
  expect(readDraft(1, 1, 7)).toEqual({ mode: 'note', reply: '', note: 'Old' });
  localStorage.setItem('frontdesk:draft:1:1:7', '"nonsense"');
  expect(readDraft(1, 1, 7).reply).toBe('');
});
