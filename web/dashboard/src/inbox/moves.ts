// Which row a key leads to. Pure; nothing is focused here.

/** The parts of a key press that matter. */
export type Press = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** The index of the next row, or null when the key is not one of the list's. `from` is -1 outside of the list. */
export function moveOf(press: Press, rows: number, from: number): number | null {
  if (rows === 0 || press.altKey || press.ctrlKey || press.metaKey || press.shiftKey) return null;
  switch (press.key) {
    case 'j':
    case 'ArrowDown':
      return Math.min(rows - 1, from + 1);
    case 'k':
    case 'ArrowUp':
      return Math.max(0, from - 1);
    case 'Home':
      return from < 0 ? null : 0;
    case 'End':
      return from < 0 ? null : rows - 1;
    default:
      return null;
  }
}
