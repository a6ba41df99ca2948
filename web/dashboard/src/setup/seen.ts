// When the widget was seen, in words that change every second. Pure.
import { words } from './words';

/** From here on seconds are too exact, and minutes too. */
const SECONDS_FROM = 5;
const MINUTES_FROM = 60;
const LONG_FROM = 60 * 60;

/** `at` and `now` in unix seconds. A clock that is behind the server's says "just now". */
export function agoOf(at: number, now: number): string {
  const seconds = Math.floor(now - at);
  if (seconds < SECONDS_FROM) return words.website.now;
  if (seconds < MINUTES_FROM) return words.website.secondsAgo(seconds);
  if (seconds < LONG_FROM) return words.website.minutesAgo(Math.floor(seconds / 60));
  return words.website.longAgo;
}

/** The host of a website's address; empty for none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
