// Moves the focus among the messages of a thread by arrow keys, from the menu button of one to that of the next.
// The log itself scrolls by arrows while it has the focus: Enter goes into it, to the newest message.

const BUTTONS = 'button[data-menu-of]';

/** Handles a key that was pressed in the log; `currentTarget` is the log. */
export function moveAmongMessages(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const log = event.currentTarget;
  const buttons = [...log.querySelectorAll<HTMLElement>(BUTTONS)];
  const at = buttons.findIndex((button) => button === event.target);
  const to = nextOf(event.key, at, buttons.length, event.target === log);
  if (to === null) return;
  event.preventDefault();
  event.stopPropagation();
  const next = buttons[to];
  if (!next) return log.focus();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

/** The index to go to; -1 back to the log; null when the key is not for moving. Pure. */
export function nextOf(key: string, at: number, count: number, onLog: boolean): number | null {
  if (onLog) return key === 'Enter' && count > 0 ? count - 1 : null;
  if (at === -1) return null;
  switch (key) {
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'ArrowDown':
      return Math.min(count - 1, at + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'Escape':
      return -1;
    default:
      return null;
  }
}
