// How one message reaches the server, whoever began the conversation.
import { expect, it, vi } from 'vitest';
import type { Item } from '../../../realtime/outbox';
import { deliver, type DeliveryApi } from './deliver';
import type { Draft } from './timeline';

const item: Item<Draft> = {
  echoId: 'mine',
  lane: 'visitor',
  body: { content: 'Hello', name: 'Ann' },
  order: 1,
  status: 'queued',
  reason: null,
  claim: null,
};
const { signal } = new AbortController();

/** A server where `firstEcho` began the conversation c1. */
function api(firstEcho: string) {
  const answer = (echo_id: string) => ({
    kind: 'accepted' as const,
    answer: { conversation: { id: 'c1' }, message: { echo_id } },
  });
  return {
    start: vi.fn().mockResolvedValue(answer(firstEcho)),
    send: vi.fn().mockResolvedValue(answer('mine')),
  } as unknown as { start: ReturnType<typeof vi.fn>; send: ReturnType<typeof vi.fn> } & DeliveryApi;
}

it('begins a conversation with name and message, under the browser’s key', async () => {
  const server = api('mine');
  await deliver(server, null, () => 'key', item, signal);
  const begun = { key: 'key', echo_id: 'mine', content: 'Hello', name: 'Ann' };
  expect(server.start).toHaveBeenCalledWith(begun, signal);
  expect(server.send).not.toHaveBeenCalled();
});

it('writes into the conversation that there is', async () => {
  const server = api('mine');
  await deliver(server, 'c7', () => 'key', item, signal);
  expect(server.start).not.toHaveBeenCalled();
  expect(server.send).toHaveBeenCalledWith('c7', { echo_id: 'mine', content: 'Hello' }, signal);
});

it('writes after the message with which another tab began', async () => {
  const server = api('another tab’s');
  const outcome = await deliver(server, null, () => 'key', item, signal);
  expect(server.send).toHaveBeenCalledWith('c1', { echo_id: 'mine', content: 'Hello' }, signal);
  expect(outcome).toMatchObject({ answer: { message: { echo_id: 'mine' } } });
});

it('leaves a failed beginning to the outbox', async () => {
  const server = api('mine');
  server.start.mockResolvedValue({ kind: 'later' });
  expect(await deliver(server, null, () => 'key', item, signal)).toEqual({ kind: 'later' });
  expect(server.send).not.toHaveBeenCalled();
});

it('carries uploaded files by their ids', async () => {
  const server = api('mine');
  const files = [{ blob_id: 'b1', file_name: 'bowl.png', file_size: 3 }];
  await deliver(server, 'c7', () => 'key', { ...item, body: { content: '', files } }, signal);
  const message = { echo_id: 'mine', content: '', attachments: ['b1'] };
  expect(server.send).toHaveBeenCalledWith('c7', message, signal);
});

it('begins another conversation beside the one that there is, when that is wished', async () => {
  const server = api('mine');
  const body = { content: 'Something else', anew: 'second' };
  await deliver(server, 'c7', () => 'key', { ...item, body }, signal);
  const begun = { key: 'second', echo_id: 'mine', content: 'Something else' };
  expect(server.start).toHaveBeenCalledWith(begun, signal);
});
