// Which messages are drawn large.
import { expect, test } from 'vitest';
import { isOnlyEmoji } from './emoji-only';

test.each(['👍', '❤️', '👍🏽', '👩‍🚀', '🇳🇴', '🎉 🎉', '1️⃣', '🙏🙏🙏'])('%s is', (text) => {
  expect(isOnlyEmoji(text)).toBe(true);
});

test.each(['', ' ', '1', '123', '#', 'ok 👍', '👍 ok', '🙏🙏🙏🙏', '©x', '👍'.repeat(50_000)])(
  '%s is not',
  (text) => expect(isOnlyEmoji(text)).toBe(false),
);
