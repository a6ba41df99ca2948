// What may be attached, and how sizes are said. Pure. The server has the last word (BEHAVIOUR 7.5).
import type { Words } from '../words';

/** Bytes of one file; the server's limit. */
export const FILE_BYTES_MAX = 25 * 1024 * 1024;
/** Files of one message; the server's limit. */
export const FILES_MAX = 10;
const MEGABYTES = FILE_BYTES_MAX / 1024 / 1024;

/** Why a file cannot be attached, in a sentence; null when it can. */
export function problemOf(
  file: { name: string; size: number },
  attached: number,
  words: Words,
): string | null {
  if (attached >= FILES_MAX) return words.tooMany(FILES_MAX);
  if (file.size === 0) return words.isEmpty(file.name);
  return file.size > FILE_BYTES_MAX ? words.tooLarge(file.name, MEGABYTES) : null;
}

/** "What fits", said before anybody chooses. */
export function limitsOf(words: Words): string {
  return words.limits(MEGABYTES, FILES_MAX);
}

/** 61 kB, 2.4 MB. */
export function sizeText(bytes: number, lang: string): string {
  const [unit, value] =
    bytes < 999_500
      ? (['kilobyte', bytes / 1_000] as const)
      : (['megabyte', bytes / 1_000_000] as const);
  const digits = unit === 'megabyte' && value < 10 ? 1 : 0;
  const format = { style: 'unit', unit, maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(lang, format).format(bytes === 0 ? 0 : Math.max(value, 1));
}
