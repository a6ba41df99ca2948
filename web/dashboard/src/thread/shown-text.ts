// How much of a long message is shown before somebody asks for all of it. Pure.

/** More characters or lines than this are cut: one message must not push a conversation off the screen. */
export const CHARACTERS_MAX = 900;
export const LINES_MAX = 16;
/** What is a little longer is shown whole: a button for three more words would only annoy. */
const SLACK = 1.25;

/** The beginning of `text` that is shown, or null when all of it is. */
export function beginningOf(text: string): string | null {
  const end = Math.min(endOfLines(text, LINES_MAX * SLACK, LINES_MAX), endOfCharacters(text));
  return end < text.length ? text.slice(0, end).trimEnd() : null;
}

/** Where line number `keep` ends, when there are more than `max` lines. */
function endOfLines(text: string, max: number, keep: number): number {
  let [end, kept] = [-1, text.length];
  for (let line = 1; line <= max; line++) {
    end = text.indexOf('\n', end + 1);
    if (end === -1) return text.length;
    if (line === keep) kept = end;
  }
  return kept;
}

function endOfCharacters(text: string): number {
  if (text.length <= CHARACTERS_MAX * SLACK) return text.length;
  const space = text.lastIndexOf(' ', CHARACTERS_MAX);
  const end = space > CHARACTERS_MAX / 2 ? space : CHARACTERS_MAX;
  // Not through the middle of a pair of surrogates, which would show as two broken halves.
  return /[\uD800-\uDBFF]/.test(text[end - 1] ?? '') ? end - 1 : end;
}
