// How good a password is, by its length alone: rules about digits and signs make worse ones. Pure.
import { words } from './words';

/** The server's shortest password, in characters. */
export const PASSWORD_CHARS_MIN = 8;

/** From here on a password is fair, good, strong. */
const GOOD_FROM = 12;
const STRONG_FROM = 16;

export interface Strength {
  /** 0 to 4 bars. */
  bars: number;
  text: string;
}

export function strengthOf(password: string): Strength {
  const length = [...password].length;
  const said = words.account.strength;
  if (length === 0) return { bars: 0, text: said.empty };
  if (length < PASSWORD_CHARS_MIN) return { bars: 1, text: said.short(length, PASSWORD_CHARS_MIN) };
  if (length < GOOD_FROM) return { bars: 2, text: said.fair(length) };
  if (length < STRONG_FROM) return { bars: 3, text: said.good(length) };
  return { bars: 4, text: said.strong(length) };
}
