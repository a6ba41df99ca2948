// The outbox's rules one by one, on the pure machine.
// Not the tabs and the network together (simulation.test.ts).
import { describe, expect, it } from 'vitest';
import {
  CLAIM_MS,
  emptyOutbox,
  pending,
  STALE_MS,
  step,
  type Item,
  type OutboxEffect,
  type OutboxInput,
} from './outbox-machine';

/** Drives one machine; `sent` lists the keys in the order of sending. */
function machine(tab = 'A') {
  let state = emptyOutbox<string>(tab);
  const sent: string[] = [];
  let last: OutboxEffect<string>[] = [];
  const give = (now: number, input: OutboxInput<string>) => {
    ({ state, effects: last } = step(state, now, input));
    for (const effect of last) if (effect.do === 'send') sent.push(effect.item.echoId);
    return last;
  };
  return {
    give,
    sent,
    type: (now: number, echoId: string, lane = 'L') =>
      give(now, { type: 'typed', echoId, lane, body: echoId }),
    accept: (now: number, echoId: string) =>
      give(now, { type: 'answered', echoId, verdict: { kind: 'accepted' } }),
    refuse: (now: number, echoId: string) =>
      give(now, { type: 'answered', echoId, verdict: { kind: 'refused', reason: 'no' } }),
    lose: (now: number, echoId: string, afterMs: number | null = null) =>
      give(now, { type: 'answered', echoId, verdict: { kind: 'later', afterMs, random: 0.5 } }),
    show: () => pending(state).map((item) => `${item.echoId} ${item.status}`),
    wakeMs: () => last.flatMap((effect) => (effect.do === 'wake' ? [effect.atMs] : []))[0],
    items: () => state.items,
  };
}

const stored = (over: Partial<Item<string>>): OutboxInput<string> => ({
  type: 'stored',
  item: {
    echoId: 'x',
    lane: 'L',
    body: 'x',
    order: 50,
    status: 'queued',
    reason: null,
    claim: null,
    ...over,
  },
});

describe('sending', () => {
  it('saves a message before it is sent', () => {
    const m = machine();
    expect(m.type(100, 'a').map((effect) => effect.do)).toEqual(['save', 'save', 'send']);
    expect(m.show()).toEqual(['a sending']);
  });

  it('is one at a time in a lane, in the order of typing', () => {
    const m = machine();
    m.type(100, 'z');
    m.type(100, 'b');
    m.type(100, 'a');
    expect(m.show()).toEqual(['z sending', 'b queued', 'a queued']);
    m.accept(150, 'z');
    m.accept(160, 'b');
    expect(m.sent).toEqual(['z', 'b', 'a']);
  });

  it('goes on in other lanes while one waits', () => {
    const m = machine();
    m.type(100, 'a', 'L');
    m.type(100, 'b', 'M');
    m.lose(110, 'a');
    expect(m.sent).toEqual(['a', 'b']);
    m.accept(120, 'b');
    expect(m.show()).toEqual(['a queued']);
  });

  it('keeps the order when a clock is set back', () => {
    const m = machine();
    m.type(5000, 'a');
    m.type(100, 'b');
    expect(m.show()).toEqual(['a sending', 'b queued']);
  });
});

describe('an answer that does not come', () => {
  it('is waited for longer and longer, and the message stays first', () => {
    const m = machine();
    m.type(0, 'a');
    m.type(0, 'b');
    m.lose(1000, 'a');
    expect(m.wakeMs()).toBe(1250);
    m.give(1249, { type: 'ticked' });
    expect(m.sent).toEqual(['a']);
    m.give(1250, { type: 'ticked' });
    m.lose(2000, 'a');
    expect(m.wakeMs()).toBe(2500);
    expect(m.sent).toEqual(['a', 'a']);
  });

  it('is not waited for when the line comes back', () => {
    const m = machine();
    m.type(0, 'a');
    m.lose(1000, 'a');
    m.give(1001, { type: 'woken' });
    expect(m.sent).toEqual(['a', 'a']);
  });

  it('is waited for as long as the server asked, whatever the line does', () => {
    const m = machine();
    m.type(0, 'a');
    m.lose(1000, 'a', 5000);
    m.give(1001, { type: 'woken' });
    expect(m.sent).toEqual(['a']);
    expect(m.wakeMs()).toBe(6000);
    m.give(6000, { type: 'ticked' });
    expect(m.sent).toEqual(['a', 'a']);
  });

  it('does no harm when an event was first', () => {
    const m = machine();
    m.type(0, 'a');
    m.type(0, 'b');
    expect(m.give(10, { type: 'settled', echoId: 'a' })).toContainEqual({
      do: 'erase',
      echoId: 'a',
    });
    expect(m.sent).toEqual(['a', 'b']);
    m.lose(20, 'a');
    m.accept(30, 'a');
    expect(m.show()).toEqual(['b sending']);
    expect(m.sent).toEqual(['a', 'b']);
  });

  it('leaves a request in flight alone when an older message settles', () => {
    const m = machine();
    m.type(0, 'a');
    m.refuse(5, 'a');
    m.type(10, 'b');
    m.give(20, { type: 'settled', echoId: 'a' });
    expect(m.sent).toEqual(['a', 'b']);
    expect(m.show()).toEqual(['b sending']);
  });
});

describe('a refused message', () => {
  it('fails with its reason and lets the next one pass', () => {
    const m = machine();
    m.type(0, 'a');
    m.type(0, 'b');
    m.refuse(10, 'a');
    expect(m.show()).toEqual(['a failed', 'b sending']);
    expect(m.items()[0]?.reason).toBe('no');
  });

  it('goes to the end when it is retried', () => {
    const m = machine();
    m.type(0, 'a');
    m.type(0, 'b');
    m.refuse(10, 'a');
    m.give(20, { type: 'retried', echoId: 'a' });
    expect(m.show()).toEqual(['b sending', 'a queued']);
    m.accept(30, 'b');
    expect(m.sent).toEqual(['a', 'b', 'a']);
  });

  it('can be taken away, unlike one that may be on its way', () => {
    const m = machine();
    m.type(0, 'a');
    m.give(5, { type: 'removed', echoId: 'a' });
    expect(m.show()).toEqual(['a sending']);
    m.refuse(10, 'a');
    expect(m.give(20, { type: 'removed', echoId: 'a' })).toEqual([{ do: 'erase', echoId: 'a' }]);
    expect(m.show()).toEqual([]);
  });
});

describe('two tabs', () => {
  it('do not send the same item while one of them is at it', () => {
    const m = machine('A');
    m.give(100, stored({ claim: { tab: 'B', untilMs: 100 + CLAIM_MS } }));
    m.type(200, 'mine');
    expect(m.sent).toEqual([]);
    expect(m.wakeMs()).toBe(100 + CLAIM_MS);
    m.give(300, { type: 'erased', echoId: 'x' });
    expect(m.sent).toEqual(['mine']);
  });

  it('take over when the other one is gone', () => {
    const m = machine('A');
    m.give(100, stored({ claim: { tab: 'B', untilMs: 100 + CLAIM_MS } }));
    m.give(100 + CLAIM_MS, { type: 'ticked' });
    expect(m.sent).toEqual(['x']);
  });

  it('hand over at once when one is closed', () => {
    const m = machine('A');
    m.type(0, 'a');
    const effects = m.give(10, { type: 'left' });
    expect(effects).toMatchObject([{ do: 'save', item: { echoId: 'a', claim: null } }]);
  });

  it('do not bring back what is settled', () => {
    const m = machine('A');
    m.type(0, 'x');
    m.accept(10, 'x');
    expect(m.give(20, stored({}))).toEqual([{ do: 'erase', echoId: 'x' }]);
    expect(m.show()).toEqual([]);
  });

  it('agree on the order of the same millisecond', () => {
    const one = machine('A');
    const two = machine('B');
    for (const id of ['p', 'q']) one.give(60, stored({ echoId: id }));
    for (const id of ['q', 'p']) two.give(60, stored({ echoId: id }));
    const order = (m: typeof one) => m.items().map((item) => item.echoId);
    expect(order(one)).toEqual(order(two));
  });
});

describe('what an earlier page left', () => {
  it('is sent', () => {
    const m = machine();
    m.give(100, stored({}));
    expect(m.sent).toEqual(['x']);
  });

  it('is not sent by surprise after a day', () => {
    const m = machine();
    m.give(50 + STALE_MS + 1, stored({}));
    expect(m.sent).toEqual([]);
    expect(m.show()).toEqual(['x failed']);
  });
});
