// Promises of a list's order: it is that of a sort, whatever happens, and one event among 50,000 costs a search.
import { describe, expect, test } from 'vitest';
import { contact, conversation, live, ME, seeded } from './builders';
import { apply, emptyInbox, withPage } from './inbox';
import { compare, Rows, type Place } from './rows';
import { Shelf } from './shelf';

const MANY = 50_000;

describe('the order is that of a sort', () => {
  test.each(Array.from({ length: 20 }, (_, seed) => seed))('seed %i', (seed) => {
    const random = seeded(seed);
    const rows = new Rows();
    const all = new Map<number, Place>();
    for (let turn = 0; turn < 400; turn++) {
      const id = Math.floor(random() * 60);
      if (random() < 0.25) {
        expect(rows.remove(id)).toBe(all.delete(id));
        continue;
      }
      const place = { id, rank: -Math.floor(random() * 12), tie: -id };
      const isSame = all.get(id)?.rank === place.rank;
      expect(rows.put(place)).toBe(!isSame);
      all.set(id, place);
    }
    const sorted = [...all.values()].sort(compare);
    expect(rows.all()).toEqual(sorted);
    for (const [index, { id }] of sorted.entries()) expect(rows.indexOf(id)).toBe(index);
    expect(rows.indexOf(999)).toBe(-1);
  });
});

test('what was handed out stays as it was', () => {
  const rows = new Rows();
  rows.put({ id: 1, rank: 1, tie: 1 });
  const shown = rows.all();
  rows.put({ id: 2, rank: 0, tie: 2 });
  expect(shown.map((row) => row.id)).toEqual([1]);
  expect(rows.all().map((row) => row.id)).toEqual([2, 1]);
});

test('one row of 50,000 moves with two searches', () => {
  let compared = 0;
  const rows = new Rows((a, b) => {
    compared += 1;
    return compare(a, b);
  });
  for (let id = 0; id < MANY; id++) rows.put({ id, rank: id, tie: id });
  compared = 0;
  rows.put({ id: 40_000, rank: -1, tie: 40_000 });
  rows.indexOf(20_000);
  expect(compared).toBeLessThan(3 * 17);
  expect(rows.at(0)?.id).toBe(40_000);
});

test('one event among 50,000 conversations looks at its own only', () => {
  let inbox = withPage(
    emptyInbox(ME),
    Array.from({ length: MANY }, (_, id) => {
      const { meta, ...one } = conversation({ id, incoming_count: 1 });
      return { ...one, meta: { ...meta, sender: contact({ id }) } };
    }),
  );
  let looks = 0;
  // Whoever looks at another conversation than the event's is counted.
  for (const [id, known] of inbox.conversations) {
    const watched = new Proxy(known, {
      get(target, name, receiver) {
        if (id !== 777) looks += 1;
        return Reflect.get(target, name, receiver);
      },
    });
    inbox = { ...inbox, conversations: inbox.conversations.with(id, watched) };
  }
  looks = 0;
  const { meta } = conversation();
  const sender = contact({ id: 777 });
  const later = conversation({
    id: 777,
    meta: { ...meta, sender },
    last_activity_at: 2000,
    updated_at: 2000,
  });
  const after = apply(inbox, { kind: 'conversation_updated', at: 0, conversation: live(later) });
  expect(after.conversations.changesSince(inbox.conversations)).toEqual([777]);
  expect(looks).toBe(0);
});

test('a shelf is a map that is replaced, and knows its difference from another', () => {
  const empty = Shelf.empty<string>();
  const one = empty.with(1, 'a').with(1025, 'b');
  const two = one.with(1, 'c').without(1025).with(3, 'd');
  expect([...one].sort()).toEqual([
    [1, 'a'],
    [1025, 'b'],
  ]);
  expect(one.size).toBe(2);
  expect(two.size).toBe(2);
  expect(two.changesSince(one).sort((a, b) => a - b)).toEqual([1, 3, 1025]);
  expect(empty.size).toBe(0);
  expect(two.without(9)).toBe(two);
});
