// Says why files were not taken. Pure.
import type { Untaken } from '../state/uploads.svelte';
import { composerWords } from './composer-words';

export function untakenText(untaken: Untaken): string {
  switch (untaken.kind) {
    case 'large':
      return composerWords.tooLarge(untaken.names);
    case 'empty':
      return composerWords.emptyFile(untaken.names);
    case 'many':
      return composerWords.tooMany;
  }
}
