// What to call people, and what to draw for those without a picture. Pure.
import type { Contact } from '../../../api/types';
import { words } from '../words';

/** A contact's name, else the address, else that nothing is known. */
export function contactName(contact: Pick<Contact, 'name' | 'email'>): string {
  return contact.name?.trim() || contact.email?.trim() || words.visitor;
}

/** The first word, for places with little room. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

/** One or two letters. Han names are known by their first character. */
export function initialsOf(name: string): string {
  const parts = name.split(/[\s@._-]+/).filter(Boolean);
  const first = (part: string | undefined) => (part ? ([...part][0] ?? '') : '');
  if (/\p{Script=Han}/u.test(name)) return first(parts[0]);
  const last = parts.length > 1 ? first(parts[1]) : '';
  return (first(parts[0]) + last).toUpperCase() || '?';
}

/** Always the same colour for the same name: a hue in degrees, from 0 to 359. */
export function hueOf(name: string): number {
  let hue = 7;
  for (const character of name) hue = (hue * 31 + (character.codePointAt(0) ?? 0)) % 360;
  return hue;
}
