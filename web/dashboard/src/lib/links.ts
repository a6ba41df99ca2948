// Finds web addresses in a message, so that they can be pressed. Text stays text: nothing here makes HTML.

/** A piece of a message; `href` where it is an address. */
export interface Piece {
  text: string;
  href: string | null;
}

const ADDRESS = /https?:\/\/[^\s<>"'`]+/gi;
/** Longer ones stay text: nobody presses them, and looking for their end takes the square of their length. */
const ADDRESS_MAX = 1_000;
/** Punctuation that ends the sentence rather than the address. */
const TRAILING = /[.,;:!?\])}]+$/;

/** The text in pieces. Only http and https become addresses: a `javascript:` one never does. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    if (match[0].length > ADDRESS_MAX) continue;
    const address = trim(match[0]);
    if (!URL.canParse(address)) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), href: null });
    pieces.push({ text: address, href: address });
    end = match.index + address.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), href: null });
  return pieces;
}

/** Without trailing punctuation, but with the bracket that closes one inside: (…/wiki/Bell_(desk)) */
function trim(address: string): string {
  const tail = TRAILING.exec(address)?.[0] ?? '';
  const open = address.slice(0, address.length - tail.length);
  const closes = tail.startsWith(')') && open.split('(').length > open.split(')').length;
  return closes ? `${open})` : open;
}
