// What one line promises, rule by rule, in a virtual world with hand-held sockets.
// Not the stories of simulation.test.ts, where everything goes wrong at once.
import { describe, expect, it } from 'vitest';
import type { SocketLike } from './environment';
import { Page, World } from './simulation/world';
import {
  ANSWER_MS,
  CHECK_MS,
  connectRealtime,
  QUIET_MS,
  RECEIVED_MS,
  realtimeUrl,
  type ConnectionState,
} from './socket';
import type { Hello, ServerFrame } from './wire';

class Wire implements SocketLike {
  onopen: SocketLike['onopen'] = null;
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  readonly sent: Record<string, unknown>[] = [];
  closed = false;
  send(text: string) {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close() {
    this.closed = true;
  }
  say(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  greet(cursor = 10) {
    this.onopen?.();
    this.say({ type: 'resumed', account_id: 1, epoch: 'e1', cursor });
  }
  drop(code: number, reason = 'why') {
    this.onclose?.({ code, reason });
  }
}

function line(hello: () => Hello = member) {
  const world = new World(1);
  const page = new Page(world);
  const wires: Wire[] = [];
  const states: ConnectionState[] = [];
  const frames: ServerFrame<unknown>[] = [];
  const connection = connectRealtime<unknown>({
    url: 'ws://x/realtime',
    hello,
    onFrame: (frame) => frames.push(frame),
    onState: (state) => states.push(state),
    environment: page.environment(() => {
      expect(wires.every((wire) => wire.closed || wire.onclose === null)).toBe(true);
      const wire = new Wire();
      wires.push(wire);
      return wire;
    }),
  });
  const wire = (at = wires.length - 1) => wires[at] as Wire;
  const pass = (ms: number) => world.runUntil(world.nowMs + ms);
  return { world, page, wires, wire, states, frames, connection, pass };
}

function member(): Hello {
  return { type: 'hello', v: 1, epoch: 'e1', cursors: { '1': 10 } };
}

/** A closed socket is over for the page, too. */
function hangUp(wire: Wire, code: number) {
  wire.closed = true;
  wire.drop(code);
}

const message = (seq: number) => ({ type: 'event', account_id: 1, seq, event: { kind: 'x' } });

describe('hello', () => {
  it('is the first frame, and comes only once the socket is open', () => {
    const { wire, states } = line();
    expect(wire().sent).toEqual([]);
    wire().onopen?.();
    expect(wire().sent).toEqual([{ type: 'hello', v: 1, epoch: 'e1', cursors: { '1': 10 } }]);
    expect(states).toEqual([{ status: 'connecting' }]);
  });

  it('continues at the last event that was heard', async () => {
    const { wire, pass } = line();
    wire().greet();
    wire().say(message(11));
    wire().say({ type: 'cursor', account_id: 1, seq: 14 });
    hangUp(wire(), 1006);
    await pass(500);
    wire().onopen?.();
    expect(wire().sent[0]).toMatchObject({ epoch: 'e1', cursors: { '1': 14 } });
  });

  it('takes the epoch and cursor of a reload, each account its own', async () => {
    const { wire, pass } = line(() => ({ ...member(), epoch: null, cursors: { '1': 10, '2': 7 } }));
    wire().onopen?.();
    wire().say({ type: 'reload', account_id: 1, epoch: 'e2', cursor: 3 });
    hangUp(wire(), 4001);
    await pass(500);
    wire().onopen?.();
    expect(wire().sent[0]).toMatchObject({ epoch: 'e2', cursors: { '1': 3, '2': 7 } });
  });

  it('carries a visitor’s single cursor', async () => {
    const visitor = { website_token: 'w', token: 't' };
    const { wire, pass } = line(() => ({ type: 'hello', v: 1, visitor, epoch: 'e1', cursor: 2 }));
    wire().onopen?.();
    wire().say({ type: 'resumed', epoch: 'e1', cursor: 2 });
    wire().say({ type: 'event', seq: 3, event: {} });
    hangUp(wire(), 1006);
    await pass(500);
    wire().onopen?.();
    expect(wire().sent[0]).toMatchObject({ visitor, epoch: 'e1', cursor: 3 });
  });
});

describe('frames', () => {
  it('are handed on once and in order', () => {
    const { wire, frames } = line();
    wire().greet();
    wire().say(message(11));
    wire().say(message(11));
    wire().say(message(9));
    wire().say(message(12));
    expect(frames.flatMap((frame) => (frame.type === 'event' ? [frame.seq] : []))).toEqual([
      11, 12,
    ]);
  });

  it('of an unknown kind are ignored, broken ones too', () => {
    const { wire, frames, states } = line();
    wire().greet();
    wire().say({ type: 'weather', rain: true });
    wire().say({ type: 'event', account_id: 1, seq: 'eleven', event: {} });
    wire().onmessage?.({ data: '{' });
    wire().onmessage?.({ data: new ArrayBuffer(2) });
    expect(frames).toHaveLength(1);
    expect(states.at(-1)).toEqual({ status: 'live' });
  });

  it('are remembered even when the app throws at one', async () => {
    const world = new World(1);
    const wires: Wire[] = [];
    connectRealtime<unknown>({
      url: 'ws://x',
      hello: member,
      onFrame: (frame) => {
        if (frame.type === 'event') throw new Error('a bug of the app');
      },
      environment: new Page(world).environment(
        () => (wires.push(new Wire()), wires.at(-1) as Wire),
      ),
    });
    wires[0]?.greet();
    expect(() => wires[0]?.say(message(11))).toThrow('a bug of the app');
    hangUp(wires[0] as Wire, 1006);
    await world.runUntil(world.nowMs + 500);
    wires[1]?.onopen?.();
    expect(wires[1]?.sent[0]).toMatchObject({ cursors: { '1': 11 } });
  });

  it('go out only on a live line', () => {
    const { wire, connection } = line();
    const typing = { type: 'typing', conversation_id: 5, on: true } as const;
    expect(connection.send(typing)).toBe(false);
    wire().greet();
    expect(connection.send(typing)).toBe(true);
    expect(wire().sent.at(-1)).toEqual(typing);
  });
});

describe('what this device has', () => {
  const told = (wire: Wire) => wire.sent.filter((frame) => frame.type === 'received');
  const has = (place: number) => ({ type: 'received', account: 1, place });

  it('is told a moment after events came, and a flood of them once', async () => {
    const { wire, pass } = line();
    wire().greet();
    await pass(RECEIVED_MS);
    expect(told(wire())).toEqual([has(10)]);
    for (let seq = 11; seq <= 40; seq += 1) wire().say(message(seq));
    await pass(RECEIVED_MS - 1);
    wire().say({ type: 'cursor', account_id: 1, seq: 44 });
    expect(told(wire())).toHaveLength(1);
    await pass(1);
    expect(told(wire())).toEqual([has(10), has(44)]);
    await pass(RECEIVED_MS);
    wire().say(message(44));
    wire().say({ type: 'check' });
    await pass(RECEIVED_MS);
    expect(told(wire())).toHaveLength(2);
  });

  it('is told of each account, and without one by a visitor', async () => {
    const { wire, pass } = line();
    wire().greet();
    wire().say({ type: 'resumed', account_id: 2, epoch: 'e1', cursor: 5 });
    await pass(RECEIVED_MS);
    expect(told(wire())).toEqual([has(10), { type: 'received', account: 2, place: 5 }]);

    const visitor = { website_token: 'w', token: 't' };
    const chat = line(() => ({ type: 'hello', v: 1, visitor, epoch: 'e1', cursor: 2 }));
    chat.wire().onopen?.();
    chat.wire().say({ type: 'resumed', epoch: 'e1', cursor: 2 });
    chat.wire().say({ type: 'event', seq: 3, event: {} });
    await chat.pass(RECEIVED_MS);
    expect(told(chat.wire())).toEqual([{ type: 'received', place: 3 }]);
  });

  it('is told again on the next line, as it may have been lost with the last one', async () => {
    const { wire, wires, pass } = line();
    wire().greet();
    wire().say(message(11));
    hangUp(wire(), 1006);
    await pass(RECEIVED_MS);
    expect(told(wires[0] as Wire)).toEqual([]);
    wire().greet(11);
    await pass(RECEIVED_MS);
    expect(told(wire())).toEqual([has(11)]);
  });

  it('is not what a reload asks to fetch, until something comes after it', async () => {
    const { wire, pass } = line();
    wire().onopen?.();
    wire().say({ type: 'reload', account_id: 1, epoch: 'e2', cursor: 3 });
    await pass(RECEIVED_MS);
    expect(told(wire())).toEqual([]);
    wire().say(message(4));
    await pass(RECEIVED_MS);
    expect(told(wire())).toEqual([has(4)]);
  });

  it('is nothing to a launcher, which hears no events', async () => {
    const { wire, pass } = line(() => ({ type: 'hello', v: 1, launcher: { website_token: 'w' } }));
    wire().onopen?.();
    wire().say({ type: 'mode', mode: 'online' });
    await pass(RECEIVED_MS);
    expect(told(wire())).toEqual([]);
  });
});

describe('a lost line', () => {
  it.each([1006, 1001, 1011, 4000, 4001, 4002, 4499, 5000])('comes back after %i', async (code) => {
    const { wire, wires, states, pass } = line();
    wire().greet();
    hangUp(wire(), code);
    expect(states.at(-1)).toMatchObject({ status: 'waiting', attempt: 1 });
    await pass(500);
    expect(wires).toHaveLength(2);
  });

  it('comes back somewhen in the time that a stopping server names', async () => {
    const { wire, wires, states, pass, world } = line();
    wire().greet();
    wire().closed = true;
    const fromMs = world.nowMs;
    wire().drop(4001, 'retry within 8000 ms');
    const waiting = states.at(-1);
    if (waiting?.status !== 'waiting') throw new Error('it does not wait');
    expect(waiting.untilMs - fromMs).toBeGreaterThan(500);
    expect(waiting.untilMs - fromMs).toBeLessThan(8_000);
    await pass(8_000);
    expect(wires).toHaveLength(2);
  });

  it.each([4500, 4501, 4503, 4999])('stops for good after %i', async (code) => {
    const { wire, wires, states, page, connection, pass } = line();
    wire().greet();
    hangUp(wire(), code);
    connection.nudge();
    page.wake();
    await pass(60_000);
    expect(states.at(-1)).toEqual({ status: 'stopped', code, reason: 'why' });
    expect(wires).toHaveLength(1);
  });

  it('waits longer with each failure, also when the server greets and hangs up', async () => {
    const { wire, states, pass } = line();
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      wire().greet();
      hangUp(wire(), 4002);
      expect(states.at(-1)).toMatchObject({ status: 'waiting', attempt });
      await pass(8_000);
    }
  });

  it('begins anew after a line that lived', async () => {
    const { wire, states, pass } = line();
    hangUp(wire(), 1006);
    await pass(1_000);
    hangUp(wire(), 1006);
    await pass(1_000);
    wire().greet();
    await pass(20_000);
    hangUp(wire(), 1006);
    expect(states.at(-1)).toMatchObject({ status: 'waiting', attempt: 1 });
  });

  it('is tried at once when the network returns or the page is looked at', () => {
    const { wire, wires, page } = line();
    hangUp(wire(), 1006);
    page.wake();
    page.wake();
    expect(wires).toHaveLength(2);
  });
});

describe('a silent line', () => {
  it('is asked after a while, and given up without an answer', async () => {
    const { wire, wires, pass } = line();
    wire().greet();
    await pass(QUIET_MS);
    expect(wire().sent.at(-1)).toEqual({ type: 'check' });
    await pass(CHECK_MS + 500);
    expect(wires[0]?.closed).toBe(true);
    expect(wires).toHaveLength(2);
  });

  it('lives on when it answers', async () => {
    const { wire, wires, states, pass } = line();
    wire().greet();
    await pass(QUIET_MS);
    wire().say({ type: 'check' });
    await pass(CHECK_MS);
    expect(wires).toHaveLength(1);
    expect(states.at(-1)).toEqual({ status: 'live' });
  });

  it('is asked once when the page wakes, and more waking buys it no time', async () => {
    const { wire, wires, page, pass } = line();
    wire().greet();
    page.wake();
    await pass(CHECK_MS - 100);
    page.wake();
    await pass(100 + 500);
    expect(wires[0]?.sent.filter((frame) => frame.type === 'check')).toHaveLength(1);
    expect(wires).toHaveLength(2);
  });

  it('is given up when nobody answers the hello', async () => {
    const { wire, wires, states, pass } = line();
    wire().onopen?.();
    await pass(ANSWER_MS + 500);
    expect(wires).toHaveLength(2);
    expect(states.some((state) => state.status === 'live')).toBe(false);
  });

  it('never speaks again once it is given up', async () => {
    const { wire, frames, pass } = line();
    wire().greet();
    await pass(QUIET_MS + CHECK_MS + 500);
    wire(0).say(message(11));
    wire(0).drop(4501);
    wire().greet();
    expect(frames.filter((frame) => frame.type === 'event')).toEqual([]);
  });
});

describe('closing', () => {
  it('ends everything', async () => {
    const { wire, wires, states, connection, page, pass } = line();
    wire().greet();
    connection.close();
    page.wake();
    await pass(60_000);
    expect(wire().closed).toBe(true);
    expect(wires).toHaveLength(1);
    expect(states.at(-1)).toMatchObject({ status: 'stopped', code: 1000 });
  });
});

describe('the address', () => {
  it('follows the page’s own scheme and host', () => {
    expect(realtimeUrl('https://chat.example/widget/x/frame')).toBe('wss://chat.example/realtime');
    expect(realtimeUrl('http://127.0.0.1:3000/app?a=1#b')).toBe('ws://127.0.0.1:3000/realtime');
  });
});
