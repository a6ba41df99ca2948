// Finds web addresses in a message. Pure; the parts are shown as text and as links, never as HTML.

/** A piece of a message: plain text, or an address to be shown as a link. */
export type Part = { text: string; href?: string };

/** Only what certainly is an address: scheme and host. Quotes and brackets end it. */
const ADDRESS = /https?:\/\/[^\s<>"'`{}|\\^]+/gi;

/** Longer ones stay text: nobody presses them, and looking for their end takes the square of their length. */
const ADDRESS_MAX = 1_000;

/** Splits a text; joined again, the parts are the text. */
export function linkParts(text: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    if (match[0].length > ADDRESS_MAX) continue;
    const address = withoutTail(match[0]);
    if (!isWebAddress(address)) continue;
    if (match.index > at) parts.push({ text: text.slice(at, match.index) });
    parts.push({ text: address, href: address });
    at = match.index + address.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}

/** The full stop of a sentence and a bracket that was opened before the address are not part of it. */
function withoutTail(address: string): string {
  let end = address.replace(/[.,:;!?…]+$/, '');
  while (end.endsWith(')') && count(end, ')') > count(end, '(')) {
    end = end.slice(0, -1).replace(/[.,:;!?…]+$/, '');
  }
  return end;
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}

function isWebAddress(address: string): boolean {
  try {
    return /^https?:$/.test(new URL(address).protocol);
  } catch {
    // "https://" followed by what no browser would open.
    return false;
  }
}
