// What stands in a conversation that is kept.
import { expect, it, test, vi } from 'vitest';
import type { VisitorMessage } from '../../../realtime/wire';
import { english } from '../words';
import { transcriptOf, wholeConversation } from './transcript';

function message(number: number, over: Partial<VisitorMessage> = {}): VisitorMessage {
  const said = { from: 'agent', name: 'Priya', content: `m${number}`, echo_id: null } as const;
  const created_at_ms = new Date(2026, 10, 21, 14, number).getTime();
  return { number, conversation_id: 'c', created_at_ms, ...said, ...over };
}

test('who said what and when, what happened, and which files came', () => {
  const file = { file_name: 'bowl.png' } as NonNullable<VisitorMessage['attachments']>[0];
  const text = transcriptOf(
    [
      message(1, { from: 'me', name: null, content: 'Hello', attachments: [file] }),
      message(2, { from: 'event', name: null, content: 'Priya joined' }),
      message(3),
      message(4, { deleted: true, content: 'secret' }),
    ],
    'Halden',
    english,
  );
  expect(text).toBe(
    'Halden\n\n[21 Nov 2026, 14:01] You: Hello\n[bowl.png]\n[21 Nov 2026, 14:02] Priya joined\n' +
      '[21 Nov 2026, 14:03] Priya: m3\n[21 Nov 2026, 14:04] Priya: This message was deleted\n',
  );
});

it('fetches what comes before, and ends with a server that gives nothing', async () => {
  const older = vi
    .fn()
    .mockResolvedValueOnce({ messages: [message(2)], more: true })
    .mockResolvedValue({ messages: [], more: true });
  const all = await wholeConversation({ older }, 'c', [message(3)], true);
  expect(all.map(({ number }) => number)).toEqual([2, 3]);
  expect(older).toHaveBeenCalledTimes(2);
});
