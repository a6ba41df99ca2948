// Changes of a conversation with what is said about them: done, with a way back, or what the server had against it.
// Not the changes themselves: see state/edits.
import { ApiError } from '../../../api/client';
import type { Agent, Message, Priority } from '../../../api/types';
import { firstName } from '../lib/names';
import type { Account } from '../state/account.svelte';
import { toasts } from '../ui/toasts.svelte';
import { words } from '../words';
import { changeWords as w } from './change-words';
import { threadWords } from './words';

/** Runs a change that was shown already. Says `done`, with the way back when there is one; or why not. */
async function attempt(
  run: () => Promise<void>,
  said: { done: string; failed: string; undo?: () => void; isOver?: () => boolean },
): Promise<boolean> {
  const undo = said.undo ? { label: words.undo, run: said.undo } : null;
  toasts.show(said.done, undo, said.isOver);
  try {
    await run();
    return true;
  } catch (error) {
    toasts.show(error instanceof ApiError ? words.thread.refused(error.message) : said.failed);
    return false;
  }
}

/** Resolves or reopens. */
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
  let isAnswered = false;
  const run = async () => {
    await account.setStatus(id, status);
    isAnswered = true;
  };
  await attempt(run, {
    done,
    failed,
    // Somebody else has changed it meanwhile: there is nothing to take back. Before the answer an event may still tell of
    // how it was before.
    isOver: () => {
      const now = account.inbox.conversations.get(id)?.status;
      return isAnswered && now !== status;
    },
    ...(offersUndo && { undo: () => void changeStatus(account, id, back, false) }),
  });
}

/** Hands over to a member, or to nobody. */
export async function assignTo(
  account: Account,
  id: number,
  agent: Agent | null,
  offersUndo = true,
): Promise<void> {
  const before = account.inbox.conversations.get(id)?.meta.assignee ?? null;
  if ((before?.id ?? null) === (agent?.id ?? null)) return;
  const done = !agent
    ? w.unassigned
    : agent.id === account.me
      ? w.taken
      : agent.availability_status === 'online'
        ? w.assigned(firstName(agent.name))
        : w.assignedAbsent(firstName(agent.name));
  await attempt(() => account.edits.assign(id, agent), {
    done,
    failed: w.assignFailed,
    ...(offersUndo && { undo: () => void assignTo(account, id, before, false) }),
  });
}

/** Sets how pressing it is. */
export async function changePriority(
  account: Account,
  id: number,
  priority: Priority | null,
  offersUndo = true,
): Promise<void> {
  const before = account.inbox.conversations.get(id)?.priority ?? null;
  if (before === priority) return;
  await attempt(() => account.edits.setPriority(id, priority), {
    done: priority ? w.prioritySet(w.priority[priority]) : w.priorityGone,
    failed: w.priorityFailed,
    ...(offersUndo && { undo: () => void changePriority(account, id, before, false) }),
  });
}

/** Replaces the labels. Quiet when it works: the labels are before one's eyes. */
export async function changeLabels(
  account: Account,
  id: number,
  labels: readonly string[],
): Promise<void> {
  try {
    await account.edits.setLabels(id, labels);
  } catch (error) {
    toasts.show(error instanceof ApiError ? words.thread.refused(error.message) : w.labelsFailed);
  }
}

/** Marks as unread, to come back to it. */
export async function markUnread(account: Account, id: number): Promise<void> {
  try {
    await account.edits.markUnread(id);
    toasts.show(w.unread);
  } catch (error) {
    toasts.show(error instanceof ApiError ? words.thread.refused(error.message) : w.unreadFailed);
  }
}

/** Deletes a message a little later, so that it can be taken back until then. */
export function deleteMessage(account: Account, message: Message): void {
  const { deletions } = account;
  deletions.add(message, (error) =>
    toasts.show(
      error instanceof ApiError
        ? words.thread.refused(error.message)
        : threadWords.menu.deleteFailed,
    ),
  );
  const undo = { label: words.undo, run: () => deletions.undo(message.id) };
  toasts.show(threadWords.menu.deletedToast, undo, () => !deletions.isWaiting(message.id));
}
