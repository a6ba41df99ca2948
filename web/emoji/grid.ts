// Where an arrow key leads in a grid of cells that are counted row by row. Pure. Not right-to-left: the caller swaps the keys.

/** The cell to go to, the same one at an edge; null when the key is not for moving. */
export function moveInGrid(
  key: string,
  from: number,
  count: number,
  columns: number,
): number | null {
  switch (key) {
    case 'ArrowRight':
      return Math.min(from + 1, count - 1);
    case 'ArrowLeft':
      return Math.max(from - 1, 0);
    case 'ArrowDown':
      return Math.min(from + columns, count - 1);
    case 'ArrowUp':
      return from - columns < 0 ? from : from - columns;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
