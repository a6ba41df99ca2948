// How each list was narrowed and turned in this browser, per member and account. Not stored on the server.
import { PLAIN, SORTS, type Filters, type View } from './views';

/** Whose filters. */
interface Whose {
  readonly me: number;
  readonly membership: { readonly id: number };
}

class FilterStore {
  #kept: ReadonlyMap<string, Filters> = $state.raw(new Map());

  of(whose: Whose, view: View): Filters {
    const key = keyOf(whose, view);
    return this.#kept.get(key) ?? read(key);
  }

  set(whose: Whose, view: View, change: Partial<Filters>): void {
    const key = keyOf(whose, view);
    const next = { ...this.of(whose, view), ...change };
    this.#kept = new Map(this.#kept).set(key, next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Storage is blocked: the choice lasts as long as the page.
    }
  }

  /** Everything of the list, in the order that was chosen. */
  clear(whose: Whose, view: View): void {
    const { sort } = this.of(whose, view);
    this.set(whose, view, { ...PLAIN, sort });
  }
}

function keyOf({ me, membership }: Whose, view: View): string {
  return `frontdesk:filters:${me}:${membership.id}:${view}`;
}

/** What was kept, as far as it still means something. */
function read(key: string): Filters {
  let kept: Partial<Record<keyof Filters, unknown>> | null = null;
  try {
    kept = JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    // Storage is blocked, or somebody else's text stands there.
  }
  return {
    inbox: typeof kept?.inbox === 'number' ? kept.inbox : null,
    label: typeof kept?.label === 'string' ? kept.label : null,
    unread: kept?.unread === true,
    sort: SORTS.find((one) => one === kept?.sort) ?? PLAIN.sort,
  };
}

/** The one set of filters of the page. */
export const filters = new FilterStore();
