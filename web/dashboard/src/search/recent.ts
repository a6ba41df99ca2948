// The conversations that were opened last in this browser, for finding them again. Names only, and per member and account.

const RECENT_MAX = 8;

/** One that was opened. */
export interface Recent {
  readonly id: number;
  readonly name: string;
}

/** Whose. */
interface Whose {
  readonly me: number;
  readonly membership: { readonly id: number };
}

function keyOf({ me, membership }: Whose): string {
  return `frontdesk:recent:${me}:${membership.id}`;
}

/** The last one first. */
export function recentOf(whose: Whose): Recent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(whose)) ?? '[]');
    if (!Array.isArray(kept)) return [];
    return kept.filter((one) => typeof one?.id === 'number' && typeof one.name === 'string');
  } catch {
    // Storage is blocked, or somebody else's text stands there.
    return [];
  }
}

/** Remembers that it was opened. */
export function remember(whose: Whose, opened: Recent): void {
  const others = recentOf(whose).filter(({ id }) => id !== opened.id);
  try {
    localStorage.setItem(keyOf(whose), JSON.stringify([opened, ...others].slice(0, RECENT_MAX)));
  } catch {
    // Storage is blocked or full: it is found by its name.
  }
}
