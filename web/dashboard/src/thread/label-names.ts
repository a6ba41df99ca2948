// What a new label is called and which colour it gets. Pure; the server has the last word.

/** Colours that can be told apart, on light and on dark. */
export const LABEL_COLORS = [
  { value: '#3568e0', name: 'Blue' },
  { value: '#1f9d4d', name: 'Green' },
  { value: '#b9770e', name: 'Amber' },
  { value: '#d1434b', name: 'Red' },
  { value: '#8b5cd6', name: 'Violet' },
  { value: '#0d8f98', name: 'Teal' },
  { value: '#c2529a', name: 'Pink' },
  { value: '#6e7781', name: 'Grey' },
] as const;

/** Longest title in characters. */
const TITLE_MAX = 50;

/** The title that what was typed comes to: lower case, one word. */
export function titleOf(typed: string): string {
  return typed
    .trim()
    .toLowerCase()
    .replace(/\s+/g, '-')
    .replace(/[^\p{L}\p{N}_-]/gu, '')
    .slice(0, TITLE_MAX);
}

/** The colour that a new label has unless another is chosen: always the same for one title. */
export function colorFor(title: string): string {
  let sum = 0;
  for (const character of title) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return LABEL_COLORS[sum % LABEL_COLORS.length]?.value ?? LABEL_COLORS[0].value;
}
