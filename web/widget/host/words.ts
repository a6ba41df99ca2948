// What the launcher and its later half say in each language that they speak. The launcher's own come with its settings.
import type { LauncherWords } from '../shared/core';
import all from '../shared/launcher-words.json';

/** One language. */
export interface Words extends LauncherWords {
  later: { sorry: string; again: string };
}

/** "de-AT" is "de"; undefined for a language that is not spoken here. */
export function wordsFor(tag: string): Words | undefined {
  const language = tag.toLowerCase().split(/[-_]/)[0] ?? '';
  return (all as Partial<Record<string, Words>>)[language];
}
