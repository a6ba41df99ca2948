// How long ago something was, in words. Not the short marks of rows: see lib/times.ts.

const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** "2 hours ago", of an instant in unix seconds. */
export function since(seconds: number, nowMs: number = Date.now()): string {
  const past = Math.max(0, Math.round(nowMs / 1000 - seconds));
  if (past < 60) return 'just now';
  if (past < 3_600) return format.format(-Math.floor(past / 60), 'minute');
  if (past < 86_400) return format.format(-Math.floor(past / 3_600), 'hour');
  return format.format(-Math.floor(past / 86_400), 'day');
}
