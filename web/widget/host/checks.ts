// Checks what a website's script gives to `window.frontdesk`, so that a mistake is told where it was made. Pure.
import type { FrontdeskPerson } from '../host-api';
import type { Theme } from '../shared/messages';

const TEXTS = ['identifier', 'identifierHash', 'name', 'email', 'phone'] as const;
/** Longest text, in characters. */
const TEXT_MAX = 1_000;
/** More attributes than this are no description of a person. */
const ATTRIBUTES_MAX = 50;

/** The person in plain data; throws a TypeError that names what is wrong. */
export function checkPerson(given: FrontdeskPerson): FrontdeskPerson {
  if (typeof given !== 'object' || given === null) throw new TypeError('A person is an object.');
  const person: FrontdeskPerson = {};
  for (const field of TEXTS) {
    const value: unknown = given[field];
    if (value === undefined || value === null || value === '') continue;
    if (typeof value !== 'string' || value.length > TEXT_MAX)
      throw new TypeError(`${field} is a text of at most ${TEXT_MAX} characters.`);
    person[field] = value;
  }
  if (person.identifierHash && !/^[0-9a-f]{64}$/i.test(person.identifierHash))
    throw new TypeError('identifierHash is an HMAC-SHA256 in hex: 64 characters.');
  if (given.attributes !== undefined) person.attributes = checkAttributes(given.attributes);
  return person;
}

function checkAttributes(given: unknown): Record<string, string | number | boolean | null> {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new TypeError('attributes is an object.');
  const entries = Object.entries(given as Record<string, unknown>);
  if (entries.length > ATTRIBUTES_MAX) throw new TypeError(`At most ${ATTRIBUTES_MAX} attributes.`);
  for (const [key, value] of entries) {
    const isPlain = value === null || /^(string|number|boolean)$/.test(typeof value);
    if (!isPlain || `${value as string}`.length > TEXT_MAX)
      throw new TypeError(`The attribute ${key} is a short text, a number, true, false or null.`);
  }
  return Object.fromEntries(entries) as Record<string, string | number | boolean | null>;
}

/** A language tag; throws otherwise. */
export function checkTag(tag: unknown): string {
  if (typeof tag !== 'string' || !/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag))
    throw new TypeError('A locale is a language tag, like "de" or "pt-BR".');
  return tag;
}

/** A theme; throws otherwise. */
export function checkTheme(theme: unknown): Theme {
  if (theme === 'light' || theme === 'dark' || theme === 'auto') return theme;
  throw new TypeError('A theme is "light", "dark" or "auto".');
}
