// Which language a visitor is spoken to in, and its words. Not the words themselves (words.ts, words/).
import { english, type Words } from './words';

/** What can be loaded, by the first part of a language tag. English is always there. */
const OTHERS = new Map<string, () => Promise<{ default: Words }>>([
  ['ar', () => import('./words/ar')],
  ['de', () => import('./words/de')],
  ['es', () => import('./words/es')],
  ['fr', () => import('./words/fr')],
]);

/** The first of the wanted languages that is spoken here: "de-AT" is "de". English when none is. */
export function chooseLanguage(wanted: readonly string[]): string {
  const primary = wanted.map((tag) => tag.toLowerCase().split('-')[0] ?? '');
  return primary.find((tag) => tag === 'en' || OTHERS.has(tag)) ?? 'en';
}

/** The words of a language; English when they cannot be fetched. */
export async function loadWords(language: string): Promise<Words> {
  try {
    return (await OTHERS.get(language)?.())?.default ?? english;
  } catch {
    // A chat in English is better than none.
    return english;
  }
}
