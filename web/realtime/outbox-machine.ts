// What happens to a message between Enter and the server's yes: one at a time per conversation, in order, none twice.
// Pure: no timers, no network, no storage. outbox.ts does what the effects say; several tabs share one storage.
import { backoffMs } from './backoff';

/** How long a tab that sends keeps the others from sending the same item. Longer than one try. */
export const CLAIM_MS = 15_000;
/** An item this old is not sent by surprise: it becomes `failed`, and its writer decides. */
export const STALE_MS = 24 * 60 * 60 * 1000;
/** So many settled ids are remembered, against a slow tab that writes one back. */
const SETTLED_MAX = 200;

/** A message on its way, as stored. */
export interface Item<Body> {
  /** The sender's own key: the server takes one message per key, however often it is sent. */
  echoId: string;
  /** What is kept in order: items of one lane go one after the other. Usually the conversation. */
  lane: string;
  body: Body;
  /** Place in the lane: milliseconds when it was typed, rising even within one millisecond. */
  order: number;
  status: 'queued' | 'failed';
  /** Why it failed, in a sentence for people. */
  reason: string | null;
  /** The tab that sends it, and until when the others leave it alone. */
  claim: { tab: string; untilMs: number } | null;
}

interface Lane {
  /** echoId of the request in flight from this tab. */
  sending: string | null;
  failures: number;
  notBeforeMs: number;
  /** The server named the time (Retry-After): good news about the line does not shorten it. */
  told: boolean;
}

/** Treat as opaque; `pending` reads it. */
export interface OutboxState<Body> {
  readonly tab: string;
  /** By `order`. */
  readonly items: readonly Item<Body>[];
  readonly lanes: ReadonlyMap<string, Lane>;
  readonly settled: readonly string[];
  readonly lastOrder: number;
}

/** What the server's answer to one try meant. `random` is drawn from [0, 1) for the wait. */
export type Verdict =
  | { kind: 'accepted' }
  | { kind: 'refused'; reason: string }
  | { kind: 'later'; afterMs: number | null; random: number };

/** What can happen to an outbox. */
export type OutboxInput<Body> =
  | { type: 'typed'; echoId: string; lane: string; body: Body }
  | { type: 'answered'; echoId: string; verdict: Verdict }
  /** An event or a fetched list shows the message: the server has it. */
  | { type: 'settled'; echoId: string }
  | { type: 'retried'; echoId: string }
  | { type: 'removed'; echoId: string }
  /** Another tab wrote an item, or it was found in storage at the start. */
  | { type: 'stored'; item: Item<Body> }
  | { type: 'erased'; echoId: string }
  /** The line may be back: do not wait any longer. */
  | { type: 'woken' }
  | { type: 'ticked' }
  /** The page goes away: let the next one take over at once. */
  | { type: 'left' };

/** What to do, in this order. */
export type OutboxEffect<Body> =
  | { do: 'save'; item: Item<Body> }
  | { do: 'erase'; echoId: string }
  | { do: 'send'; item: Item<Body> }
  /** Give `ticked` at this time; replaces an earlier wish. */
  | { do: 'wake'; atMs: number };

interface Step<Body> {
  state: OutboxState<Body>;
  effects: OutboxEffect<Body>[];
}

/** An empty outbox. `tab` must differ between tabs. */
export function emptyOutbox<Body>(tab: string): OutboxState<Body> {
  return { tab, items: [], lanes: new Map(), settled: [], lastOrder: 0 };
}

/** An item with what its writer should see. */
export interface Pending<Body> {
  echoId: string;
  lane: string;
  body: Body;
  status: 'queued' | 'sending' | 'failed';
  reason: string | null;
  /** Milliseconds, about when it was typed. */
  order: number;
}

/** The items in order, for showing. */
export function pending<Body>(state: OutboxState<Body>): Pending<Body>[] {
  return state.items.map(({ echoId, lane, body, status, reason, order }) => {
    const inFlight = state.lanes.get(lane)?.sending === echoId;
    return { echoId, lane, body, status: inFlight ? 'sending' : status, reason, order };
  });
}

/** Takes in one input at the time `now` (milliseconds). */
export function step<Body>(
  state: OutboxState<Body>,
  now: number,
  input: OutboxInput<Body>,
): Step<Body> {
  const taken = take(state, now, input);
  return input.type === 'left' ? taken : sendHeads(taken, now);
}

function take<Body>(state: OutboxState<Body>, now: number, input: OutboxInput<Body>): Step<Body> {
  switch (input.type) {
    case 'typed': {
      const { echoId, lane, body } = input;
      const order = Math.max(now, state.lastOrder + 1);
      return put(state, { echoId, lane, body, order, status: 'queued', reason: null, claim: null });
    }
    case 'answered':
      return takeAnswer(state, now, input.echoId, input.verdict);
    case 'settled':
      return settle(state, input.echoId);
    case 'retried':
      return takeRetry(state, now, input.echoId);
    case 'removed':
      return takeRemoval(state, input.echoId);
    case 'stored':
      return takeStored(state, now, input.item);
    case 'erased':
      return { state: without(state, input.echoId), effects: [] };
    case 'woken':
      return { state: { ...state, lanes: impatient(state.lanes) }, effects: [] };
    case 'ticked':
      return { state, effects: [] };
    case 'left':
      return leave(state);
  }
}

function takeAnswer<Body>(
  state: OutboxState<Body>,
  now: number,
  echoId: string,
  verdict: Verdict,
): Step<Body> {
  if (verdict.kind === 'accepted') return settle(state, echoId);
  const item = state.items.find((it) => it.echoId === echoId);
  const lane = item && state.lanes.get(item.lane);
  // A late answer to a try that an event, another tab or a removal has overtaken says nothing new.
  if (!item || lane?.sending !== echoId) return { state, effects: [] };
  if (verdict.kind === 'refused') {
    const rested = withLane(state, item.lane, { ...REST });
    return put(rested, { ...item, status: 'failed', reason: verdict.reason, claim: null });
  }
  const waitMs = Math.max(verdict.afterMs ?? 0, backoffMs(lane.failures, verdict.random));
  const waiting: Lane = {
    sending: null,
    failures: lane.failures + 1,
    notBeforeMs: now + waitMs,
    told: verdict.afterMs !== null,
  };
  return { state: withLane(state, item.lane, waiting), effects: [] };
}

/** The server has it, and it leaves the outbox, whatever this tab believed before. */
function settle<Body>(state: OutboxState<Body>, echoId: string): Step<Body> {
  const item = state.items.find((it) => it.echoId === echoId);
  const settled = state.settled.includes(echoId)
    ? state.settled
    : [...state.settled, echoId].slice(-SETTLED_MAX);
  const sending = item && state.lanes.get(item.lane)?.sending;
  // Another item of the lane may be in flight: it stays so.
  const ends = item && (!sending || sending === echoId);
  const rested = ends ? withLane(state, item.lane, { ...REST }) : state;
  const next = { ...without(rested, echoId), settled };
  return { state: next, effects: item ? [{ do: 'erase', echoId }] : [] };
}

/** A retried item goes to the end: what was written after it may have been read already. */
function takeRetry<Body>(state: OutboxState<Body>, now: number, echoId: string): Step<Body> {
  const item = state.items.find((it) => it.echoId === echoId);
  if (item?.status !== 'failed') return { state, effects: [] };
  const order = Math.max(now, state.lastOrder + 1);
  return put(state, { ...item, order, status: 'queued', reason: null, claim: null });
}

/** Only what failed can be taken back: anything else may be at the server already. */
function takeRemoval<Body>(state: OutboxState<Body>, echoId: string): Step<Body> {
  const item = state.items.find((it) => it.echoId === echoId);
  if (item?.status !== 'failed') return { state, effects: [] };
  return { state: without(state, echoId), effects: [{ do: 'erase', echoId }] };
}

function takeStored<Body>(state: OutboxState<Body>, now: number, item: Item<Body>): Step<Body> {
  if (state.settled.includes(item.echoId)) {
    // A slow tab wrote back what is done.
    return { state: without(state, item.echoId), effects: [{ do: 'erase', echoId: item.echoId }] };
  }
  if (item.status === 'queued' && now - item.order > STALE_MS) {
    const reason = 'This was not sent for more than a day.';
    return put(state, { ...item, status: 'failed', reason, claim: null });
  }
  const step = put(state, item);
  return { state: step.state, effects: [] };
}

function leave<Body>(state: OutboxState<Body>): Step<Body> {
  const freed = state.items
    .filter((item) => item.claim?.tab === state.tab)
    .map((item) => ({ ...item, claim: null }));
  const next = freed.reduce((so, item) => put(so, item).state, state);
  return { state: next, effects: freed.map((item) => ({ do: 'save', item })) };
}

/** For each lane: sends the first item that has not failed, or says when to look again. */
function sendHeads<Body>(taken: Step<Body>, now: number): Step<Body> {
  let { state } = taken;
  const effects = [...taken.effects];
  let wakeMs = Infinity;
  for (const head of heads(state)) {
    const lane = state.lanes.get(head.lane) ?? REST;
    if (lane.sending !== null) continue;
    const othersUntilMs = head.claim && head.claim.tab !== state.tab ? head.claim.untilMs : 0;
    const readyMs = Math.max(lane.notBeforeMs, othersUntilMs);
    if (readyMs > now) {
      wakeMs = Math.min(wakeMs, readyMs);
      continue;
    }
    const item = { ...head, claim: { tab: state.tab, untilMs: now + CLAIM_MS } };
    state = withLane(put(state, item).state, head.lane, { ...lane, sending: head.echoId });
    effects.push({ do: 'save', item }, { do: 'send', item });
  }
  if (wakeMs < Infinity) effects.push({ do: 'wake', atMs: wakeMs });
  return { state, effects };
}

function heads<Body>(state: OutboxState<Body>): Item<Body>[] {
  const first = new Map<string, Item<Body>>();
  for (const item of state.items) {
    if (item.status === 'queued' && !first.has(item.lane)) first.set(item.lane, item);
  }
  return [...first.values()];
}

const REST: Lane = { sending: null, failures: 0, notBeforeMs: 0, told: false };

function withLane<Body>(state: OutboxState<Body>, name: string, lane: Lane): OutboxState<Body> {
  return { ...state, lanes: new Map(state.lanes).set(name, lane) };
}

function impatient(lanes: ReadonlyMap<string, Lane>): ReadonlyMap<string, Lane> {
  const eager = ([name, lane]: [string, Lane]): [string, Lane] =>
    lane.told ? [name, lane] : [name, { ...lane, failures: 0, notBeforeMs: 0 }];
  return new Map([...lanes].map(eager));
}

/** Adds or replaces an item, at its place. */
function put<Body>(state: OutboxState<Body>, item: Item<Body>): Step<Body> {
  const others = state.items.filter((it) => it.echoId !== item.echoId);
  const items = [...others, item].sort(byOrder);
  const lastOrder = Math.max(state.lastOrder, item.order);
  return { state: { ...state, items, lastOrder }, effects: [{ do: 'save', item }] };
}

function byOrder(a: Item<unknown>, b: Item<unknown>): number {
  // Two tabs may type in the same millisecond; all tabs must agree on one order then.
  return a.order - b.order || (a.echoId < b.echoId ? -1 : 1);
}

/** Forgets an item; a request of it in flight no longer holds up its lane. */
function without<Body>(state: OutboxState<Body>, echoId: string): OutboxState<Body> {
  const items = state.items.filter((it) => it.echoId !== echoId);
  const lanes = [...state.lanes].map(([name, lane]): [string, Lane] =>
    lane.sending === echoId ? [name, { ...lane, sending: null }] : [name, lane],
  );
  return { ...state, items, lanes: new Map(lanes) };
}
