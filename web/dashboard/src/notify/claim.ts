// Of all tabs that hear of the same thing, one tells of it. Not what it tells.

const STORED_AS = 'frontdesk:told';
/** So many claims are remembered, which is more than tabs lag behind each other. */
const CLAIMS_MAX = 50;
/** A claim is held for so long, because what one tab stores reaches the others a moment later. */
const HELD_MS = 1_000;

const after = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Whether this tab is the one, after having waited for others to claim it before. */
export async function claim(what: string, waitMs: number): Promise<boolean> {
  if (waitMs > 0) await after(waitMs);
  // Browsers have locks on https and localhost only; without them two tabs tell now and then.
  if (!('locks' in navigator)) return remember(what);
  return new Promise((decide) => {
    const isHeld = navigator.locks.request(
      `frontdesk:tell:${what}`,
      { ifAvailable: true },
      async (lock) => {
        decide(lock !== null && remember(what));
        await after(HELD_MS);
      },
    );
    // A page that is being closed gets no lock, and has nobody to tell.
    isHeld.catch(() => decide(false));
  });
}

/** False when it was claimed before. */
function remember(what: string): boolean {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORED_AS) ?? '[]');
    const claims = Array.isArray(kept) ? kept : [];
    if (claims.includes(what)) return false;
    localStorage.setItem(STORED_AS, JSON.stringify([...claims, what].slice(-CLAIMS_MAX)));
  } catch {
    // Storage is blocked: better told twice than never.
  }
  return true;
}
