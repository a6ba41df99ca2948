// Promises of the formatting keys: marks stand around the words, and the same key takes them away.
import { expect, test } from 'vitest';
import { formatted, formatOf, type Format } from './formatting';

/** The text with [the selection] after it, from the same before it. */
function after(given: string, format: Format): string {
  const start = given.indexOf('[');
  const end = given.indexOf(']') - 1;
  const text = given.replace('[', '').replace(']', '');
  const edit = formatted(text, start, end, format);
  const next = text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
  return `${next.slice(0, edit.start)}[${next.slice(edit.start, edit.end)}]${next.slice(edit.end)}`;
}

test.each<[string, Format, string]>([
  ['a [word] here', 'bold', 'a **[word]** here'],
  ['a **[word]** here', 'bold', 'a [word] here'],
  ['a **[word]** here', 'italic', 'a ***[word]*** here'],
  ['a *[word]* here', 'italic', 'a [word] here'],
  ['a[ word ]here', 'italic', 'a *[word]* here'],
  ['[]', 'bold', '**[]**'],
  ['**[]**', 'bold', '[]'],
  ['[x]', 'code', '`[x]`'],
  ['[one\ntwo]', 'code', '```\none\ntwo\n```[]'],
  ['o[ne\nt]wo', 'list', '- one\n- two[]'],
  ['- o[ne\n- t]wo', 'list', 'one\ntwo[]'],
  ['one\n[two]\nthree', 'quote', 'one\n> two[]\nthree'],
])('%s with %s', (given, format, expected) => {
  expect(after(given, format)).toBe(expected);
});

test('Ctrl or Cmd, and nothing else beside it', () => {
  const press = { key: 'b', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  expect(formatOf({ ...press, ctrlKey: true })).toBe('bold');
  expect(formatOf({ ...press, metaKey: true, key: 'I' })).toBe('italic');
  expect(formatOf({ ...press, ctrlKey: true, altKey: true })).toBeNull();
  expect(formatOf(press)).toBeNull();
});
