// Resolves or reopens a conversation with a way back, and says so when the server did not. Not the change itself: see Account.
import { ApiError } from '../../../api/client';
import type { Account } from '../state/account.svelte';
import { toasts } from '../ui/toasts.svelte';
import { words } from '../words';

/** Shown at once; the toast takes it back, once. */
export async function changeStatus(
  account: Account,
  id: number,
  status: 'open' | 'resolved',
  offersUndo = true,
): Promise<void> {
  const [done, failed, back] =
    status === 'resolved'
      ? ([words.thread.resolvedToast, words.thread.resolveFailed, 'open'] as const)
      : ([words.thread.reopenedToast, words.thread.reopenFailed, 'resolved'] as const);
  const undo = { label: words.undo, run: () => void changeStatus(account, id, back, false) };
  toasts.show(done, offersUndo ? undo : null);
  try {
    await account.setStatus(id, status);
  } catch (error) {
    toasts.show(error instanceof ApiError ? words.thread.refused(error.message) : failed);
  }
}
