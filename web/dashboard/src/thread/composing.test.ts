// @vitest-environment jsdom
// Promises of the composer: Enter does what people expect of it, and a long text is measured in characters.
import { expect, test } from 'vitest';
import { BODY_CHARACTERS_MAX, isSendKey, overLimit, signedText, type Press } from './composing';

const press = (given: Partial<Press>): Press => ({
  key: 'Enter',
  isComposing: false,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...given,
});

test.each([
  ['Enter', {}, false, true],
  ['Shift+Enter', { shiftKey: true }, false, false],
  ['Ctrl+Enter', { ctrlKey: true }, false, true],
  ['Cmd+Enter', { metaKey: true }, false, true],
  ['Enter that chooses a word', { isComposing: true }, false, false],
  ['Enter on a phone', {}, true, false],
  ['Ctrl+Enter on a tablet', { ctrlKey: true }, true, true],
  ['a letter', { key: 'a' }, false, false],
])('%s', (_, given, isTouch, sends) => {
  expect(isSendKey(press(given), isTouch)).toBe(sends);
});

test('a character is one, however many bytes it has', () => {
  expect(overLimit('🎉'.repeat(BODY_CHARACTERS_MAX))).toBe(0);
  expect(overLimit('🎉'.repeat(BODY_CHARACTERS_MAX) + 'ab')).toBe(2);
});

test('who chose Ctrl+Enter sends with nothing less', () => {
  expect(isSendKey(press({}), false, 'mod+enter')).toBe(false);
  expect(isSendKey(press({ ctrlKey: true }), false, 'mod+enter')).toBe(true);
});

test('a reply ends with the signature, where there is one', () => {
  expect(signedText('Hello', '  Maya\n')).toBe('Hello\n\nMaya');
  expect(signedText('Hello', ' ')).toBe('Hello');
});
