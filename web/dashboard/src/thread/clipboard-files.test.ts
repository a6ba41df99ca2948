// @vitest-environment jsdom
// Promises of pasting: a screenshot gets a name, and text from an office program stays text.
import { expect, test } from 'vitest';
import { filesOf } from './clipboard-files';

const NOW = new Date(2026, 10, 21, 9, 5, 7);
const transfer = (files: File[], types = ['Files']) =>
  ({ files, types }) as unknown as DataTransfer;
const names = (files: File[], types?: string[]) =>
  filesOf(transfer(files, types), NOW).map((one) => one.name);

test('a screenshot is called by its time, a file by its name', () => {
  expect(
    names([new File(['x'], 'image.png', { type: 'image/png' }), new File(['x'], 'a.pdf')]),
  ).toEqual(['Screenshot 2026-11-21 09.05.07.png', 'a.pdf']);
});

test('where text came, too, the text is meant', () => {
  expect(names([new File(['x'], 'image.png')], ['text/plain', 'text/html', 'Files'])).toEqual([]);
});

test('nothing is no file', () => {
  expect(filesOf(null, NOW)).toEqual([]);
});
