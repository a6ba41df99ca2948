// Whether a text is what somebody looks for, and how well. Pure; the server's search has its own rule.

/** What is compared: without accents, small. */
function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * 0 when not every word of the query stands in the text; else more for words that begin one, most for a text that begins
 * with the query.
 */
export function score(text: string, query: string): number {
  const within = plain(text);
  const wanted = plain(query).trim();
  if (wanted === '') return 1;
  let sum = within.startsWith(wanted) ? 10 : 0;
  for (const word of wanted.split(/\s+/)) {
    const at = within.indexOf(word);
    if (at < 0) return 0;
    const begins = at === 0 || /[^\p{L}\p{N}]/u.test(within[at - 1] ?? '');
    sum += begins ? 2 : 1;
  }
  return sum;
}

/** Those that fit, the best first, at most `max`. Equal ones keep their order. */
export function best<Item>(
  items: Iterable<Item>,
  query: string,
  textOf: (item: Item) => string,
  max: number,
): Item[] {
  const fitting: { item: Item; points: number }[] = [];
  for (const item of items) {
    const points = score(textOf(item), query);
    if (points > 0) fitting.push({ item, points });
  }
  return fitting
    .sort((a, b) => b.points - a.points)
    .slice(0, max)
    .map(({ item }) => item);
}
