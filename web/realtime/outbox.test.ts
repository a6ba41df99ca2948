// @vitest-environment jsdom
// The outbox with its storage, timers and requests: what the pure machine cannot show.
// Not its rules (outbox-machine.test.ts).
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { localOutboxStore, outcomeOf, Outbox, postJson, TRY_MS, type Outcome } from './outbox';
import { ITEMS_MAX } from './outbox';
import { Page, World } from './simulation/world';

const isText = (value: unknown): value is string => typeof value === 'string';
const store = () => localOutboxStore<string>('frontdesk:w:outbox', isText);

let pages = 0;

/** One page over the real localStorage; requests are answered by hand. Each page draws its own ids. */
function outbox() {
  const world = new World((pages += 1));
  const page = new Page(world);
  const tries: { echoId: string; signal: AbortSignal; answer: (it: Outcome<string>) => void }[] =
    [];
  const accepted: string[] = [];
  const box = new Outbox<string, string>({
    store: store(),
    send: ({ echoId }, signal) =>
      new Promise((resolve) => tries.push({ echoId, signal, answer: resolve })),
    onAccepted: (_item, answer) => accepted.push(answer),
    onChange: () => undefined,
    environment: page.environment(() => {
      throw new Error('an outbox opens no socket');
    }),
  });
  const pass = (ms: number) => world.runUntil(world.nowMs + ms);
  return { box, page, tries, accepted, pass };
}

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

describe('an outbox', () => {
  it('survives a reload, and the next page sends at once what this one could not', async () => {
    const first = outbox();
    first.box.add('L', 'hello');
    first.page.leave();
    const second = outbox();
    await second.pass(0);
    expect(second.tries.map((it) => it.echoId)).toEqual(first.tries.map((it) => it.echoId));
    second.tries[0]?.answer({ kind: 'accepted', answer: 'yes' });
    await second.pass(0);
    expect(second.accepted).toEqual(['yes']);
    expect(localStorage.length).toBe(0);
  });

  it('gives up a try that is not answered, and repeats it with the same key', async () => {
    const { box, tries, pass } = outbox();
    box.add('L', 'hello');
    await pass(TRY_MS);
    expect(tries[0]?.signal.aborted).toBe(true);
    await pass(1000);
    expect(tries.map((it) => it.echoId)).toEqual([tries[0]?.echoId, tries[0]?.echoId]);
  });

  it('tries again at once when the page wakes', async () => {
    const { box, page, tries, pass } = outbox();
    box.add('L', 'hello');
    for (let failures = 0; failures < 6; failures += 1) {
      tries.at(-1)?.answer({ kind: 'later' });
      await pass(0);
      page.wake();
    }
    expect(tries).toHaveLength(7);
  });

  it('shows the message before the item goes, so that nothing blinks', async () => {
    const { box, tries, accepted, pass } = outbox();
    box.add('L', 'hello');
    expect(box.pending('L')).toMatchObject([{ body: 'hello', status: 'sending' }]);
    expect(box.pending('M')).toEqual([]);
    tries[0]?.answer({ kind: 'accepted', answer: 'yes' });
    await pass(0);
    expect([accepted, box.pending()]).toEqual([['yes'], []]);
  });

  it('has room for a limited number', () => {
    const { box } = outbox();
    for (let n = 0; n < ITEMS_MAX; n += 1) expect(box.add('L', 'hello')).not.toBeNull();
    expect(box.add('L', 'one too many')).toBeNull();
  });

  it('does nothing more once it is closed', async () => {
    const { box, tries, accepted, pass } = outbox();
    box.add('L', 'hello');
    box.close();
    tries[0]?.answer({ kind: 'accepted', answer: 'yes' });
    await pass(60_000);
    expect(accepted).toEqual([]);
    expect(store().load()).toMatchObject([{ body: 'hello', claim: null }]);
  });
});

describe('storage', () => {
  it('leaves out what it cannot read, and what is not its own', () => {
    localStorage.setItem('frontdesk:w:outbox:a', 'not json');
    localStorage.setItem('frontdesk:w:outbox:b', '{"echoId":"b","lane":"L","order":1,"body":7}');
    localStorage.setItem('frontdesk:w:outbox:c', 'null');
    localStorage.setItem('frontdesk:other', '{}');
    expect(store().load()).toEqual([]);
  });

  it('tells what another tab wrote and erased', () => {
    const heard: [string, string | undefined][] = [];
    const stop = store().watch((echoId, item) => heard.push([echoId, item?.body]));
    const item = { echoId: 'a', lane: 'L', order: 1, body: 'hi', status: 'queued' };
    const key = 'frontdesk:w:outbox:a';
    const tell = (newValue: string | null) =>
      window.dispatchEvent(new StorageEvent('storage', { key, newValue }));
    tell(JSON.stringify(item));
    tell(null);
    window.dispatchEvent(new StorageEvent('storage', { key: 'frontdesk:other', newValue: '1' }));
    stop();
    tell(JSON.stringify(item));
    expect(heard).toEqual([
      ['a', 'hi'],
      ['a', undefined],
    ]);
  });

  it('may be forbidden: the outbox then lives in memory', () => {
    vi.stubGlobal('localStorage', undefined);
    const { box, tries } = outbox();
    box.add('L', 'hello');
    expect(tries).toHaveLength(1);
  });
});

describe('an answer', () => {
  const answer = (status: number, body: string, headers = {}) =>
    outcomeOf<unknown>(new Response(body, { status, headers }));

  it('is accepted with its body', async () => {
    expect(await answer(200, '{"id":1}')).toEqual({ kind: 'accepted', answer: { id: 1 } });
  });

  it.each([500, 502, 503, 504, 408, 425, 429])('of %i may change later', async (status) => {
    expect(await answer(status, 'x')).toEqual({ kind: 'later' });
  });

  it('names its own time within reason', async () => {
    expect(await answer(429, '', { 'retry-after': '7' })).toEqual({ kind: 'later', afterMs: 7000 });
    expect(await answer(503, '', { 'retry-after': '99999' })).toMatchObject({ afterMs: 60_000 });
    expect(await answer(503, '', { 'retry-after': 'soon' })).toEqual({ kind: 'later' });
  });

  it.each([400, 401, 404, 413, 422])(
    'of %i is final, with the server’s sentence',
    async (status) => {
      const refused = { kind: 'refused', status };
      expect(await answer(status, '{"error":"No"}')).toEqual({ ...refused, reason: 'No' });
      const detailed = '{"error":"Validation failed","message":"Content is too long"}';
      expect(await answer(status, detailed)).toEqual({ ...refused, reason: 'Content is too long' });
      expect(await answer(status, '<html>')).toMatchObject({
        reason: `The server answered ${status}.`,
      });
    },
  );

  it('that breaks off, or never comes, is for later', async () => {
    const { signal } = new AbortController();
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"id":')));
    expect(await postJson('/x', {}, signal)).toEqual({ kind: 'later' });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')));
    expect(await postJson('/x', {}, signal)).toEqual({ kind: 'later' });
  });
});
