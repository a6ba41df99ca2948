// The settings of an inbox while they are edited: what changed, what is readable on a colour, what is a domain. Pure.
import type { Inbox, InboxSettings } from '../../../../api/inboxes';

/** The settings that the tabs edit, in the order in which they are told. */
export const EDITABLE = [
  'name',
  'website_url',
  'widget_color',
  'widget_position',
  'launcher_icon',
  'launcher_text',
  'welcome_title',
  'welcome_tagline',
  'greeting_enabled',
  'greeting_message',
  'ask_for',
  'show_team',
  'allowed_domains',
  'hmac_mandatory',
] as const satisfies readonly (keyof InboxSettings)[];

/** Those of the edited settings that differ from what is stored. */
export function changes(stored: Inbox, edited: Partial<InboxSettings>): Partial<InboxSettings> {
  const differing = EDITABLE.filter(
    (key) => key in edited && JSON.stringify(edited[key]) !== JSON.stringify(stored[key]),
  );
  return Object.fromEntries(differing.map((key) => [key, edited[key]]));
}

/** Whether it is #rrggbb. */
export function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

/** Contrast of the easier of white and black on a colour, by WCAG 2; the same choice as the server's. */
export function inkOn(color: string): { ink: '#fff' | '#000'; ratio: number } {
  const linear = (part: number) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(color.slice(at, at + 2), 16) / 255),
  );
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.179
    ? { ink: '#000', ratio: (luminance + 0.05) / 0.05 }
    : { ink: '#fff', ratio: 1.05 / (luminance + 0.05) };
}

/** A domain as it is stored, or null for what is none. Names in other scripts become what browsers make of them. */
export function domainOf(text: string): string | null {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '');
  const below = bare.startsWith('*.');
  try {
    const { host } = new URL(`http://${below ? bare.slice(2) : bare}`);
    return /^[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?$/.test(host) ? `${below ? '*.' : ''}${host}` : null;
  } catch {
    return null;
  }
}
