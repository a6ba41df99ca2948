// The lists of single labels and inboxes with their numbers, kept up by what happens. Not the fixed lists: their numbers come
// with the lists themselves.
import type { Conversations } from '../../../api/client';
import type { Directory } from './directory.svelte';
import type { InboxHolder } from './holder.svelte';
import type { Inbox } from './inbox';
import { belongs, inboxOf, labelOf, type View } from './views';

/** Numbers that cannot be known are asked for again at most this often. */
const COUNT_EVERY_MS = 5_000;
/** Each list is one request: with many of them all are asked for less often. */
const COUNT_EACH_MS = 500;
/** Labels in the navigation: more are found by the palette and the filter. */
const LABELS_MAX = 12;

/** One of the lists. */
export interface SideList {
  readonly view: View;
  readonly name: string;
  /** A label's colour; null for an inbox. */
  readonly color: string | null;
}

export class SideLists {
  readonly #holder: InboxHolder;
  readonly #directory: Directory;
  readonly #api: Conversations;
  #counts: ReadonlyMap<View, number> = $state.raw(new Map());
  #countedAtMs = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  readonly labels: readonly SideList[] = $derived.by(() =>
    (this.#holder.inbox.labels ?? [])
      .filter((label) => label.show_on_sidebar)
      .slice(0, LABELS_MAX)
      .map(({ title, color }) => ({ view: `label:${title}` as const, name: title, color })),
  );
  /** Where there is one inbox only, its list is that of all. */
  readonly inboxes: readonly SideList[] = $derived.by(() => {
    const { inboxes } = this.#directory;
    if (inboxes.length < 2) return [];
    return inboxes.map(({ id, name }) => ({ view: `inbox:${id}` as const, name, color: null }));
  });

  constructor(holder: InboxHolder, directory: Directory, api: Conversations) {
    this.#holder = holder;
    this.#directory = directory;
    this.#api = api;
  }

  /** How many open conversations the list has; null until fetched. */
  countOf(view: View): number | null {
    return this.#counts.get(view) ?? null;
  }

  /** Some conversations have changed. One that was never seen makes the numbers doubtful. */
  take(before: Inbox, ids: readonly number[]): void {
    const now = this.#holder.inbox;
    let counts: Map<View, number> | null = null;
    for (const id of ids) {
      const [old, next] = [before.conversations.get(id), now.conversations.get(id)];
      // Forgotten is not gone; and what is merely fetched was counted already.
      if (!next) continue;
      if (!old) {
        if (now.revision !== before.revision) this.count();
        continue;
      }
      for (const view of this.#counts.keys()) {
        const change = Number(belongs(view, next, now.me)) - Number(belongs(view, old, now.me));
        if (change === 0) continue;
        counts ??= new Map(this.#counts);
        counts.set(view, (counts.get(view) ?? 0) + change);
      }
    }
    if (counts) this.#counts = counts;
  }

  /** Asks for all numbers, at once or when enough time has passed since the last time. */
  count(): void {
    if (this.#timer) return;
    const lists = this.labels.length + this.inboxes.length;
    const everyMs = Math.max(COUNT_EVERY_MS, lists * COUNT_EACH_MS);
    const waitMs = Math.max(0, this.#countedAtMs + everyMs - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#countedAtMs = Date.now();
      // A failure leaves the old numbers; the next event asks again.
      void this.#count().catch(() => undefined);
    }, waitMs);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  async #count(): Promise<void> {
    const counts = new Map<View, number>();
    for (const { view } of [...this.labels, ...this.inboxes]) {
      const [label, inbox] = [labelOf(view), inboxOf(view)];
      if (label !== null) counts.set(view, await this.#api.count({ label }));
      else if (inbox !== null) counts.set(view, await this.#api.count({ inbox }));
    }
    this.#counts = counts;
  }
}
