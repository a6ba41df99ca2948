// How people are named and pictured without a photograph. Pure.
import type { Words } from '../words';

/** More names than this do not fit into a header. */
const NAMES_MAX = 3;

/** "Priya, Maya and Tomás"; first names only, and how many more. */
export function namesOf(people: { name: string }[], words: Pick<Words, 'and' | 'more'>): string {
  const firsts = people.map(({ name }) => firstName(name));
  if (firsts.length <= NAMES_MAX) return words.and(firsts);
  const shown = firsts.slice(0, NAMES_MAX - 1);
  return words.and([...shown, words.more(firsts.length - shown.length)]);
}

/** What comes before the first space. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

/** One or two letters. By code point: a name may begin outside the basic plane. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

/** A hue (degrees) that stays with a name. */
export function hueOf(name: string): number {
  return [...name].reduce((hue, letter) => (hue * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7);
}
