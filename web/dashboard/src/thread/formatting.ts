// Marks of Markdown around what is selected in a text, and taking them away again. Pure; the field is the composer's.

/** What a shortcut or a button puts around the selection. */
export type Format = 'bold' | 'italic' | 'code' | 'quote' | 'list';

const AROUND: Partial<Record<Format, string>> = { bold: '**', italic: '*', code: '`' };
const BEFORE_LINES: Partial<Record<Format, string>> = { quote: '> ', list: '- ' };

/** Replace the text from `from` to `to` by `insert`, and select from `start` to `end` after that. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly start: number;
  readonly end: number;
}

/** What `format` does to the selection from `start` to `end` of `text`; the same again takes it back. */
export function formatted(text: string, start: number, end: number, format: Format): Edit {
  const mark = AROUND[format];
  if (mark === undefined) return withLineMarks(text, start, end, BEFORE_LINES[format] ?? '');
  if (format === 'code' && text.slice(start, end).includes('\n'))
    return replaced(start, end, `\`\`\`\n${text.slice(start, end)}\n\`\`\``);
  return withMarks(text, start, end, mark);
}

function withMarks(text: string, start: number, end: number, mark: string): Edit {
  const selected = text.slice(start, end);
  if (isInside(text, start, end, mark)) {
    const from = start - mark.length;
    return {
      from,
      to: end + mark.length,
      insert: selected,
      start: from,
      end: from + selected.length,
    };
  }
  // Marks beside a space are no marks: they go inside of it.
  const trimmed = selected.trim();
  const lead = selected.length - selected.trimStart().length;
  const from = trimmed === '' ? start : start + lead;
  const insert = mark + trimmed + mark;
  const at = from + mark.length;
  return { from, to: from + trimmed.length, insert, start: at, end: at + trimmed.length };
}

function isInside(text: string, start: number, end: number, mark: string): boolean {
  const before = text.slice(Math.max(0, start - mark.length), start);
  if (before !== mark || text.slice(end, end + mark.length) !== mark) return false;
  // Within `**bold**` a single star is a part of the two.
  return mark !== '*' || text[start - 2] !== '*' || text[start - 3] === '*';
}

function withLineMarks(text: string, start: number, end: number, mark: string): Edit {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const to = next === -1 ? text.length : next;
  const lines = text.slice(from, to).split('\n');
  const all = lines.every((line) => line.startsWith(mark));
  return replaced(
    from,
    to,
    lines.map((line) => (all ? line.slice(mark.length) : mark + line)).join('\n'),
  );
}

function replaced(from: number, to: number, insert: string): Edit {
  const end = from + insert.length;
  return { from, to, insert, start: end, end };
}

/** The parts of a key press that matter. */
type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The format of Ctrl or Cmd with B, I or E. */
export function formatOf(press: Press): Format | null {
  if (press.ctrlKey === press.metaKey || press.altKey || press.shiftKey) return null;
  switch (press.key.toLowerCase()) {
    case 'b':
      return 'bold';
    case 'i':
      return 'italic';
    case 'e':
      return 'code';
    default:
      return null;
  }
}
