// Whether a message is worth telling, and how. Pure; nothing is told here.
import type { Known } from '../state/inbox';
import type { About } from './settings.svelte';

/** Whether the member wants to hear of a contact's message in this conversation. */
export function concerns(about: About, conversation: Known, me: number): boolean {
  if (about !== 'mine') return about === 'all';
  const isOwner = conversation.meta.assignee?.id === me;
  return isOwner || conversation.agents.some((one) => one.id === me);
}

/** What one tab knows of who looks at it. */
export interface Look {
  /** Somebody has this very conversation before their eyes here. */
  watches: boolean;
  isVisible: boolean;
}

/**
 * How long this tab waits, in milliseconds, before it claims a message: who sees it already says so at once, and a tab
 * that can be seen goes before one that cannot.
 */
export function patience({ watches, isVisible }: Look): number {
  if (watches) return 0;
  return isVisible ? 120 : 300;
}

/** What is to be done about a message that this tab has claimed. */
export function means(
  look: Look,
  choices: { sound: boolean; desktop: boolean },
): { sound: boolean; desktop: boolean } {
  if (look.watches) return { sound: false, desktop: false };
  return { sound: choices.sound, desktop: choices.desktop && !look.isVisible };
}
