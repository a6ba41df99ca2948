// Times as a reader says them: clock by the browser's habit and zone, words in English like the rest of the page. Not arithmetic.

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});
const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });

/** 14:02 */
export function clockTime(ms: number): string {
  return clock.format(ms);
}

/** The reader's calendar day, as a key. */
export function dayOf(ms: number): string {
  return new Date(ms).toDateString();
}

/** Today, Yesterday, Monday, 16 November. */
export function dayName(ms: number, now: number): string {
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (dayOf(ms) === dayOf(now)) return capital(relative.format(0, 'day'));
  if (dayOf(ms) === yesterday.toDateString()) return capital(relative.format(-1, 'day'));
  return capital(weekday.format(ms));
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
