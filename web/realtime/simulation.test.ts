// Seeded stories over socket and outbox together: two tabs, a bad network, a server that restarts.
// Not examples of single rules (outbox-machine.test.ts, socket.test.ts). VITE_SIM_SEED=n replays one story, VITE_SIM_SEEDS=n plays more.
import { describe, expect, it } from 'vitest';
import { play, print, shorten, tell, type Twist } from './simulation/story';

const first = Number(import.meta.env.VITE_SIM_SEED ?? 0);
const count = Number(
  import.meta.env.VITE_SIM_SEED === undefined ? (import.meta.env.VITE_SIM_SEEDS ?? 300) : 1,
);

/** The shortest bad story that a seed leads to, or null. */
async function badStory(seed: number, twist: Twist = {}) {
  const story = tell(seed);
  if ((await play(seed, story, twist)) === null) return null;
  const short = await shorten(story, async (it) => (await play(seed, it, twist)) !== null);
  const wrong = await play(seed, short, twist);
  return { short, text: `seed ${seed}: ${wrong}\n${print(short)}` };
}

describe('in every story', () => {
  it('each message arrives exactly once, in order, and every tab shows the same', async () => {
    for (let seed = first; seed < first + count; seed += 1) {
      expect((await badStory(seed))?.text ?? null).toBeNull();
    }
  }, 120_000);
});

describe('the simulation', () => {
  it('notices a server that forgets keys, and tells the shortest story of it', async () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const bad = await badStory(seed, { forgetsKeys: true });
      if (bad === null) continue;
      expect(bad.short.length).toBeLessThanOrEqual(3);
      expect(bad.text).toContain('type');
      return;
    }
    expect.fail('no story noticed it');
  }, 60_000);

  it('plays a story the same way twice', async () => {
    expect(tell(7)).toEqual(tell(7));
    expect(await play(7, tell(7))).toEqual(await play(7, tell(7)));
  });
});
