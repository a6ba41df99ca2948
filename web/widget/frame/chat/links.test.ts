// Which parts of a message become links, and that no text is lost or invented.
import { describe, expect, it } from 'vitest';
import { linkParts } from './links';

const links = (text: string) => linkParts(text).flatMap((part) => part.href ?? []);

describe('links', () => {
  it.each([
    ['see https://halden.example/a?b=1&c=2#d', 'https://halden.example/a?b=1&c=2#d'],
    ['HTTP://EXAMPLE.COM/x', 'HTTP://EXAMPLE.COM/x'],
    ['(https://example.com/a).', 'https://example.com/a'],
    ['https://example.com/a_(b), yes', 'https://example.com/a_(b)'],
    ['is it https://example.com?!', 'https://example.com'],
    ['<https://example.com/a>', 'https://example.com/a'],
    ['"https://example.com/a"', 'https://example.com/a'],
    ['https://exämple.com/ø', 'https://exämple.com/ø'],
  ])('%s', (text, link) => expect(links(text)).toEqual([link]));

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.com',
    'www.example.com',
    'mailto:a@example.com',
    'https://',
    'http://:80',
    'xhttps:/example.com',
  ])('%s is plain text', (text) => expect(links(text)).toEqual([]));

  it('are joined with the rest to the very same text', () => {
    for (const text of [
      '',
      'a',
      'https://a.example and http://b.example, ok',
      '\nhttps://a.example\n\n<b>',
    ]) {
      expect(
        linkParts(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
    }
  });
});

describe('an address without end', () => {
  it('stays text, so that no message can keep the page busy', () => {
    const text = `https://a.b/${'.'.repeat(150_000)}x`;
    expect(linkParts(text)).toEqual([{ text }]);
  });
});
