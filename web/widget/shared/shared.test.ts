// @vitest-environment jsdom
// What page and frame believe of each other's messages.
import { describe, expect, it, vi } from 'vitest';
import { post, read, type ToPage } from './messages';

const them = window;
const origin = 'https://chat.example';
const good = { source: 'frontdesk', v: 1, type: 'close' };
const event = (over: Partial<MessageEventInit>) =>
  new MessageEvent('message', { data: good, origin, source: them, ...over });

describe('a message', () => {
  it('is taken from the right window of the right origin', () => {
    expect(read<ToPage>(event({}), them, origin)).toMatchObject({ type: 'close' });
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another window', { source: null }],
    ['no tag', { data: { type: 'close' } }],
    ['another version', { data: { ...good, v: 2 } }],
    ['no object', { data: 'close' }],
    ['nothing', { data: null }],
  ])('with %s is not', (_what, over) => expect(read(event(over), them, origin)).toBeNull());

  it('from nowhere is not taken when there is no frame yet', () => {
    expect(read(event({ source: null }), undefined, origin)).toBeNull();
  });

  it('goes to one origin only; a page from a file has none to name', () => {
    const to = { postMessage: vi.fn() };
    post(to as unknown as Window, origin, { type: 'ready' });
    post(to as unknown as Window, 'null', { type: 'ready' });
    const sent = { source: 'frontdesk', v: 1, type: 'ready' };
    expect(to.postMessage.mock.calls).toEqual([
      [sent, origin],
      [sent, '*'],
    ]);
  });
});
