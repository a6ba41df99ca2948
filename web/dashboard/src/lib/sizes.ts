// Sizes of files as people read them. Pure.
const UNITS = ['B', 'kB', 'MB', 'GB'] as const;

/** 84 kB, 1.2 MB. Thousands, as browsers and file managers count. */
export function fileSize(bytes: number): string {
  let size = Math.max(0, bytes);
  let unit = 0;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit > 1 && size < 9.95 ? 1 : 0;
  return `${size.toFixed(digits)} ${UNITS[unit]}`;
}
