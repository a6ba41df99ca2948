// Promises of messages' Markdown: clear marks are understood, everything else stays as typed, nothing is lost, nothing runs.
import { describe, expect, it, test } from 'vitest';
import { parseMarkdown, plainText, type Block, type Inline } from './markdown';

/** A short way to write trees: **bold**, <i>, `code`, (text -> href). */
function show(pieces: Inline[]): string {
  return pieces
    .map((it) => {
      switch (it.kind) {
        case 'text':
          return it.text;
        case 'code':
          return `<code>${it.text}</code>`;
        case 'link':
          return `<a ${it.href}>${show(it.children)}</a>`;
        case 'strong':
          return `<b>${show(it.children)}</b>`;
        case 'emphasis':
          return `<i>${show(it.children)}</i>`;
      }
    })
    .join('');
}

function draw(blocks: Block[]): string {
  return blocks
    .map((it) => {
      switch (it.kind) {
        case 'paragraph':
          return `<p>${show(it.children)}</p>`;
        case 'code':
          return `<pre>${it.text}</pre>`;
        case 'quote':
          return `<q>${draw(it.children)}</q>`;
        case 'list':
          return `<list ${it.start ?? '•'}>${it.items.map((item) => `<li>${show(item)}`).join('')}</list>`;
      }
    })
    .join('');
}

const line = (text: string) => draw(parseMarkdown(text)).replace(/^<p>|<\/p>$/g, '');

describe('within a line', () => {
  test.each([
    ['**bold**, *slanted* and _slanted_', '<b>bold</b>, <i>slanted</i> and <i>slanted</i>'],
    ['***both***', '<b><i>both</i></b>'],
    ['**a *b* c**', '<b>a <i>b</i> c</b>'],
    ['run `npm *ci*` now', 'run <code>npm *ci*</code> now'],
    ['[our shop](https://a.example/b_(c))', '<a https://a.example/b_(c)>our shop</a>'],
    ['[write](mailto:a@b.example)', '<a mailto:a@b.example>write</a>'],
    [
      'see https://a.example/x?y=1#z.',
      'see <a https://a.example/x?y=1#z>https://a.example/x?y=1#z</a>.',
    ],
    [
      '(https://a.example/bell_(desk))',
      '(<a https://a.example/bell_(desk)>https://a.example/bell_(desk)</a>)',
    ],
    ['**https://a.example**', '<b><a https://a.example>https://a.example</a></b>'],
    ['https://a.example/a_b_c', '<a https://a.example/a_b_c>https://a.example/a_b_c</a>'],
    ['这是**粗体**字', '这是<b>粗体</b>字'],
  ])('%s', (text, tree) => expect(line(text)).toBe(tree));
});

describe('stays as it was typed', () => {
  test.each([
    '',
    'plain',
    '2*3*4 = 24',
    'snake_case_name and __init__.py',
    '* not closed',
    '**not closed',
    'a ** b ** c',
    '5 * 3, 4 * 2',
    ':* kiss *:',
    '`not closed',
    '[x](javascript:alert(1))',
    'javascript:alert(1) data:text/html,x ftp://a.example www.example.com',
    'https:// alone',
    '<b>bold</b> <img src=x onerror=alert(1)>',
    '- one thing alone',
    '1. alone',
    '2024. What a year',
    '#hash # heading',
    'two\nlines\n\nand a gap',
    '```\nnot closed',
    '   indented\n\tand tabbed',
    '¯\\_(ツ)_/¯',
    'line one*\n*line two',
  ])('%j', (text) => {
    const tree = parseMarkdown(text);
    expect(line(text)).toBe(text);
    expect(tree.length).toBe(text === '' ? 0 : 1);
  });
});

describe('over lines', () => {
  test.each([
    ['Look:\n```js\na *b*\n\n> c\n```\ndone', '<p>Look:</p><pre>a *b*\n\n> c</pre><p>done</p>'],
    ['> said\n> *this*\n\nyes', '<q><p>said\n<i>this</i></p></q><p>yes</p>'],
    ['> > deep\n> shallow', '<q><q><p>deep</p></q><p>shallow</p></q>'],
    ['- one\n- **two**', '<list •><li>one<li><b>two</b></list>'],
    ['3. three\n4) four\n\nend', '<list 3><li>three<li>four</list><p>end</p>'],
    ['- one\n  more of one\n- two', '<list •><li>one\n  more of one<li>two</list>'],
    ['- a\n- b\n1. c\n2. d', '<list •><li>a<li>b</list><list 1><li>c<li>d</list>'],
  ])('%j', (text, tree) => expect(draw(parseMarkdown(text))).toBe(tree));
});

it('is read without its marks in previews', () => {
  expect(plainText('**Yes**\n- `a`\n- [b](https://c.example)\n> no')).toBe('Yes a, b no');
});

describe('hostile lengths', () => {
  // Each would take minutes with a parser that looks for the end of every mark.
  test.each([
    '**a ',
    '*a',
    '`',
    '[a](',
    '> ',
    '```x\n',
    '- a\n',
    '_a ',
    'https://a.b/).',
    '[',
    '***a',
  ])('%j, many times', (part) => {
    const text = part.repeat(150_000 / part.length);
    const before = performance.now();
    parseMarkdown(text);
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it('an address without end stays text', () => {
    const text = `https://a.b/${'.'.repeat(149_000)}x`;
    expect(line(text)).toBe(text);
  });
});
