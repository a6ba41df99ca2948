// Points in time as people read them. Not a clock: `now` is an argument; lib/clock.svelte.ts ticks.
import { words } from '../words';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The dictionary is English, so dates are: in the reader's own kind of English. */
const locale = navigator.languages.find((language) => language.startsWith('en')) ?? 'en-GB';

const clockFormat = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
const weekdayFormat = new Intl.DateTimeFormat(locale, { weekday: 'short' });
const dateFormat = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const datedFormat = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const dayFormat = new Intl.DateTimeFormat(locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});
const shortFormat = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
});
const fullFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });

/** 10:21 */
export function clockTime(ms: number): string {
  return clockFormat.format(ms);
}

/** 21 Nov, 10:21 */
export function dateAndTime(ms: number): string {
  return shortFormat.format(ms);
}

/** Day and time in full, for a title. */
export function fullTime(ms: number): string {
  return fullFormat.format(ms);
}

/** now, 5m, 3h, Thu, 3 Nov, 3 Nov 2025. A clock that runs behind the server's shows "now", not the future. */
export function shortAge(ms: number, now: number): string {
  const age = now - ms;
  if (age < MINUTE_MS) return words.now;
  if (age < HOUR_MS) return words.minutes(Math.floor(age / MINUTE_MS));
  if (age < DAY_MS) return words.hours(Math.floor(age / HOUR_MS));
  if (age < 6 * DAY_MS) return weekdayFormat.format(ms);
  return sameYear(ms, now) ? dateFormat.format(ms) : datedFormat.format(ms);
}

/** Today, Yesterday, Thursday 19 November, 3 Nov 2025. */
export function dayName(ms: number, now: number): string {
  const days = Math.round((startOfDay(now) - startOfDay(ms)) / DAY_MS);
  if (days <= 0) return words.today;
  if (days === 1) return words.yesterday;
  return sameYear(ms, now) ? dayFormat.format(ms) : datedFormat.format(ms);
}

/** Whether both stand under the same day's heading. */
export function isSameDay(a: number, b: number): boolean {
  return startOfDay(a) === startOfDay(b);
}

function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

function sameYear(a: number, b: number): boolean {
  return new Date(a).getFullYear() === new Date(b).getFullYear();
}
