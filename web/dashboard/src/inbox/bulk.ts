// The same change on many conversations: some at a time, told while it goes on, with one way back for all. Not the change itself.
import type { Account } from '../state/account.svelte';
import type { Known } from '../state/inbox';
import { toasts } from '../ui/toasts.svelte';
import { words as shared } from '../words';
import { words } from './words';

/** Requests at the same time. */
const WIDTH = 4;
/** How often progress is told. */
const TELL_EVERY_MS = 1_000;

/** Runs it for each, `width` at a time, each once; what throws has failed. */
export async function forEach<Item>(
  items: readonly Item[],
  width: number,
  run: (item: Item) => Promise<unknown>,
  onProgress: (done: number) => void = () => undefined,
): Promise<{ done: Item[]; failed: Item[] }> {
  const result: { done: Item[]; failed: Item[] } = { done: [], failed: [] };
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) {
      const isDone = await run(item).then(
        () => true,
        () => false,
      );
      (isDone ? result.done : result.failed).push(item);
      onProgress(result.done.length + result.failed.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return result;
}

/** A change of many conversations, and what takes it back for one. */
export interface Change {
  run(conversation: Known): Promise<unknown>;
  undo(before: Known): Promise<unknown>;
  /** As in "12 conversations resolved". */
  done(n: number): string;
}

/** Changes all of them, and offers the way back. Those that are not known any more are left out. */
export async function changeAll(
  account: Account,
  ids: readonly number[],
  change: Change,
  offersUndo = true,
): Promise<void> {
  const before = ids
    .map((id) => account.inbox.conversations.get(id))
    .filter((one) => one !== undefined);
  let toldAtMs = Date.now();
  const { done, failed } = await forEach(before, WIDTH, change.run, (n) => {
    if (Date.now() - toldAtMs < TELL_EVERY_MS) return;
    toldAtMs = Date.now();
    toasts.show(words.bulk.progress(n, before.length));
  });
  const back: Change = { ...change, run: change.undo, done: words.bulk.undone };
  const undo = () =>
    void changeAll(
      account,
      done.map(({ id }) => id),
      // Back to what each was before, not to what it is by now.
      { ...back, run: (now) => change.undo(done.find(({ id }) => id === now.id) ?? now) },
      false,
    );
  const said = [
    done.length > 0 ? change.done(done.length) : '',
    failed.length > 0 ? words.bulk.failed(failed.length) : '',
  ];
  toasts.show(
    said.filter(Boolean).join(' '),
    offersUndo && done.length > 0 ? { label: shared.undo, run: undo } : null,
  );
}
