// What a website says of its visitor, checked and put into the server's words. Pure. Whether it is true is the server's to judge.
import type { Attributes, Identity } from '../../shared/messages';

/** Longest text of one field, in characters. */
const TEXT_MAX = 1_000;
/** More attributes than this are no description of a person. */
const ATTRIBUTES_MAX = 50;

/** The body of POST identify. Anything can arrive from a page: what is not text, number or truth is left out. */
export function identityBody(given: unknown): Record<string, unknown> {
  const person = (typeof given === 'object' && given !== null ? given : {}) as Identity;
  const texts = {
    identifier: person.identifier,
    identifier_hash: person.identifierHash,
    name: person.name,
    email: person.email,
    phone_number: person.phone,
  };
  const known = Object.entries(texts).filter(([, value]) => isShortText(value));
  const attributes = attributesOf(person.attributes);
  return {
    ...Object.fromEntries(known),
    ...(Object.keys(attributes).length > 0 ? { custom_attributes: attributes } : {}),
  };
}

function attributesOf(given: unknown): Attributes {
  if (typeof given !== 'object' || given === null) return {};
  const plain = Object.entries(given as Attributes).filter(
    ([key, value]) => isShortText(key) && isPlain(value),
  );
  return Object.fromEntries(plain.slice(0, ATTRIBUTES_MAX));
}

function isPlain(value: unknown): boolean {
  return value === null || /number|boolean/.test(typeof value) || isShortText(value);
}

function isShortText(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= TEXT_MAX;
}
