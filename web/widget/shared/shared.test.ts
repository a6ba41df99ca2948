// @vitest-environment jsdom
// What page and frame believe of each other's messages, and which colours they take.
import { describe, expect, it, vi } from 'vitest';
import { brandColor, inkOn } from './brand';
import { post, read, type ToPage } from './messages';

const them = window;
const origin = 'https://chat.example';
const good = { source: 'frontdesk', v: 1, type: 'close' };
const event = (over: Partial<MessageEventInit>) =>
  new MessageEvent('message', { data: good, origin, source: them, ...over });

describe('a message', () => {
  it('is taken from the right window of the right origin', () => {
    expect(read<ToPage>(event({}), them, origin)).toMatchObject({ type: 'close' });
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another window', { source: null }],
    ['no tag', { data: { type: 'close' } }],
    ['another version', { data: { ...good, v: 2 } }],
    ['no object', { data: 'close' }],
    ['nothing', { data: null }],
  ])('with %s is not', (_what, over) => expect(read(event(over), them, origin)).toBeNull());

  it('from nowhere is not taken when there is no frame yet', () => {
    expect(read(event({ source: null }), undefined, origin)).toBeNull();
  });

  it('goes to one origin only; a page from a file has none to name', () => {
    const to = { postMessage: vi.fn() };
    post(to as unknown as Window, origin, { type: 'ready' });
    post(to as unknown as Window, 'null', { type: 'ready' });
    const sent = { source: 'frontdesk', v: 1, type: 'ready' };
    expect(to.postMessage.mock.calls).toEqual([
      [sent, origin],
      [sent, '*'],
    ]);
  });
});

describe('the brand colour', () => {
  it('is a colour or the usual one', () => {
    expect(brandColor('#A1b2C3')).toBe('#A1b2C3');
    for (const bad of ['red', '#fff', '#12345g', '#123456;}', 'url(x)', '']) {
      expect(brandColor(bad)).toBe('#28483b');
    }
  });

  it('carries ink that can be read: 4.5 to 1 or better', () => {
    for (let color = 0; color <= 0xffffff; color += 997) {
      const brand = `#${color.toString(16).padStart(6, '0')}`;
      expect(contrast(brand, inkOn(brand)), brand).toBeGreaterThanOrEqual(4.5);
    }
    expect(inkOn('#28483b')).toBe('#fff');
    expect(inkOn('#ffd54a')).toBe('#000');
  });
});

/** WCAG 2, with the standard's own curve. */
function contrast(one: string, other: string): number {
  const long = (color: string) => color.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');
  const luminance = (color: string) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => {
      const part = parseInt(long(color).slice(1 + 2 * at, 3 + 2 * at), 16) / 255;
      return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    }, 0);
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
