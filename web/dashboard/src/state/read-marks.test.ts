// @vitest-environment jsdom
// Promises of read marks: shown at once, and told to the server even when the line was away.
import { expect, test } from 'vitest';
import { ApiError, NetworkError, type Conversations } from '../../../api/client';
import { conversation, ME } from './builders';
import { InboxHolder } from './holder.svelte';
import { withFetched } from './inbox';
import { ReadMarks } from './read-marks';

function marksOver(answers: (Error | null)[]) {
  const told: [number, number][] = [];
  const holder = new InboxHolder(ME);
  holder.change((inbox) => withFetched(inbox, conversation({ incoming_count: 3 })));
  const api = {
    async markRead(id: number, count: number) {
      told.push([id, count]);
      const answer = answers.shift();
      if (answer) throw answer;
    },
  };
  return { told, holder, marks: new ReadMarks(holder, api as unknown as Conversations) };
}

test('a mark that the network lost is told again when the line is back, and only then', async () => {
  const { told, holder, marks } = marksOver([new NetworkError('no answer'), null]);
  await marks.mark(1);
  expect(holder.inbox.conversations.get(1)?.read_count).toBe(3);
  await marks.mark(1);
  expect(told).toEqual([[1, 3]]);
  marks.resend();
  marks.resend();
  expect(told).toEqual([
    [1, 3],
    [1, 3],
  ]);
});

test('a mark that the server refused is not repeated', async () => {
  const { told, marks } = marksOver([new ApiError(404, 'gone', null)]);
  await marks.mark(1);
  marks.resend();
  expect(told).toHaveLength(1);
});
