// Reads the small Markdown that messages may use into a tree: bold, italics, code, lists, quotes, links. Pure; it makes no HTML,
// and whatever is not clearly meant as a mark stays as it was typed. Takes time in proportion to the text.
import { addressEnd, ADDRESS_MAX, isWebAddress } from './addresses';

/** A piece within a line. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong' | 'emphasis'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; href: string; children: Inline[] };

/** A part of a message. Line breaks stand in the texts: show them with `white-space: pre-wrap`. */
export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'quote'; children: Block[] }
  /** `start` is the first number; null for bullets. */
  | { kind: 'list'; start: number | null; items: Inline[][] };

/** Quotes within quotes deeper than this stay text. */
const QUOTES_MAX = 3;
/** One alone may be a sentence that begins with a dash. */
const ITEMS_MIN = 2;

const FENCE = /^\s{0,3}```[\w+#.-]*\s*$/;
const FENCE_END = /^\s{0,3}```\s*$/;
const QUOTE = /^\s{0,3}> ?/;
const ITEM = /^\s{0,3}(?:[-*•]|(\d{1,3})[.)])[ \t]+(?=\S)/;
const CONTINUED = /^(?: {2,}|\t)\S/;

/** The tree of a message. A message without marks is one paragraph with its very text. */
export function parseMarkdown(text: string): Block[] {
  return blocksOf(text.replaceAll('\r\n', '\n').split('\n'), 0);
}

/** What a message says without its marks, on one line: for previews and notifications. */
export function plainText(text: string): string {
  return parseMarkdown(text).map(textOfBlock).join(' ').replace(/\s+/g, ' ').trim();
}

function textOfBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return textOf(block.children);
    case 'code':
      return block.text;
    case 'quote':
      return block.children.map(textOfBlock).join(' ');
    case 'list':
      return block.items.map(textOf).join(', ');
  }
}

function textOf(pieces: Inline[]): string {
  return pieces.map((it) => ('text' in it ? it.text : textOf(it.children))).join('');
}

function blocksOf(lines: string[], depth: number): Block[] {
  const blocks: Block[] = [];
  // Without one below, a fence is not a fence.
  const lastEnd = lines.findLastIndex((line) => FENCE_END.test(line));
  let plain: string[] = [];
  const endPlain = () => {
    const children = linesToInline(plain);
    if (plain.some((line) => line.trim() !== '')) blocks.push({ kind: 'paragraph', children });
    plain = [];
  };
  let at = 0;
  while (at < lines.length) {
    const [block, after] = blockAt(lines, at, depth, lastEnd);
    if (block === null) {
      plain.push(lines[at] ?? '');
      at += 1;
      continue;
    }
    // The gap around a block is the page's to draw.
    while (plain.at(-1)?.trim() === '') plain.pop();
    endPlain();
    blocks.push(block);
    at = after;
    while (at < lines.length && lines[at]?.trim() === '') at += 1;
  }
  endPlain();
  return blocks;
}

/** The block that begins at a line, and the line after it. */
function blockAt(
  lines: string[],
  at: number,
  depth: number,
  lastEnd: number,
): [Block | null, number] {
  const line = lines[at] ?? '';
  if (at < lastEnd && FENCE.test(line)) {
    let end = at + 1;
    while (!FENCE_END.test(lines[end] ?? '')) end += 1;
    return [{ kind: 'code', text: lines.slice(at + 1, end).join('\n') }, end + 1];
  }
  if (depth < QUOTES_MAX && QUOTE.test(line)) {
    let end = at;
    while (QUOTE.test(lines[end] ?? '')) end += 1;
    const inner = lines.slice(at, end).map((it) => it.replace(QUOTE, ''));
    return [{ kind: 'quote', children: blocksOf(inner, depth + 1) }, end];
  }
  return listAt(lines, at);
}

function listAt(lines: string[], at: number): [Block | null, number] {
  const first = ITEM.exec(lines[at] ?? '');
  if (!first) return [null, at];
  const numbered = first[1] !== undefined;
  const items: string[][] = [];
  let end = at;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    const mark = ITEM.exec(line);
    if (mark && (mark[1] !== undefined) === numbered && !CONTINUED.test(line)) {
      items.push([line.slice(mark[0].length)]);
    } else if (CONTINUED.test(line)) items.at(-1)?.push(line);
    else break;
  }
  if (items.length < ITEMS_MIN) return [null, at];
  const start = numbered ? Number(first[1]) : null;
  return [{ kind: 'list', start, items: items.map(linesToInline) }, end];
}

/** Marks end with their line, so each line stands for itself. */
function linesToInline(lines: string[]): Inline[] {
  const pieces: Inline[] = [];
  lines.forEach((line, index) => {
    if (index > 0) add(pieces, { kind: 'text', text: '\n' });
    for (const piece of inlineOf(line)) add(pieces, piece);
  });
  return pieces;
}

/** Text beside text is one text. */
function add(pieces: Inline[], piece: Inline): void {
  const last = pieces.at(-1);
  if (piece.kind === 'text' && last?.kind === 'text') last.text += piece.text;
  else if (piece.kind !== 'text' || piece.text !== '') pieces.push({ ...piece });
}

/** Everything that may be more than text: code, a named link, an address, a run of marks. */
const TOKEN =
  /`([^`]+)`|\[([^[\]]{1,500})\]\(((?:https?:\/\/|mailto:)(?:[^\s()<>]|\([^\s()<>]*\)){1,1000})\)|https?:\/\/[^\s<>"'`{}|\\^]+|\*{1,3}|_+/gi;

/** A mark that waits for its end, and what stood before it. */
interface Open {
  mark: string;
  before: Inline[];
}

function inlineOf(line: string): Inline[] {
  let pieces: Inline[] = [];
  const open: Open[] = [];
  let at = 0;
  const text = (end: number) => add(pieces, { kind: 'text', text: line.slice(at, end) });
  /** Ends the innermost mark of this kind; what was opened within it and not ended is text. */
  const close = (mark: string): boolean => {
    if (!open.some((it) => it.mark === mark)) return false;
    let last = open.pop();
    while (last && last.mark !== mark) {
      pieces = asText(last, pieces);
      last = open.pop();
    }
    const kind = mark.length === 2 ? 'strong' : 'emphasis';
    const whole: Inline = { kind, children: pieces };
    pieces = last?.before ?? [];
    pieces.push(whole);
    return true;
  };
  const tokens = new RegExp(TOKEN);
  for (let match = tokens.exec(line); match; match = tokens.exec(line)) {
    const [token, code, name, href] = match;
    const end = match.index + token.length;
    if (code !== undefined) {
      text(match.index);
      add(pieces, { kind: 'code', text: code });
      at = end;
    } else if (name !== undefined && href !== undefined) {
      text(match.index);
      add(pieces, { kind: 'link', href, children: [{ kind: 'text', text: name }] });
      at = end;
    } else if (/^h/i.test(token)) {
      const address = token.length > ADDRESS_MAX ? '' : token.slice(0, addressEnd(token));
      if (!isWebAddress(address)) continue;
      text(match.index);
      add(pieces, { kind: 'link', href: address, children: [{ kind: 'text', text: address }] });
      // What was cut off its end may be a mark.
      at = tokens.lastIndex = match.index + address.length;
    } else if (token.length > 1 && token.startsWith('_')) {
      // Underscores in a row belong to names: __init__.
      continue;
    } else {
      text(match.index);
      at = end;
      const before = line.slice(0, match.index).at(-1) ?? ' ';
      const after = line.charAt(end) || ' ';
      const marks = token.length === 3 ? [token.slice(2), token.slice(1)] : [token];
      const closes = !/\s/.test(before) && !isWord(after);
      if (closes && marks.every(close)) continue;
      if (/\s/.test(after) || isWord(before) || before === '\\')
        add(pieces, { kind: 'text', text: token });
      else {
        for (const mark of marks.toReversed()) {
          open.push({ mark, before: pieces });
          pieces = [];
        }
      }
    }
  }
  text(line.length);
  while (open.length > 0) pieces = asText(open.pop() as Open, pieces);
  return pieces;
}

function asText({ mark, before }: Open, inner: Inline[]): Inline[] {
  add(before, { kind: 'text', text: mark });
  for (const piece of inner) add(before, piece);
  return before;
}

/** Letters and digits, within which a mark means nothing: 2*3*4, snake_case. Scripts without spaces are excepted. */
function isWord(char: string): boolean {
  return /[\p{L}\p{N}]/u.test(char) && !/[\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]/.test(char);
}
