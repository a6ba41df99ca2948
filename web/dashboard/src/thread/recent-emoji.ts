// Which emoji were used lately in this browser, newest first. Not all emoji: see web/emoji.

const KEY = 'frontdesk:emoji';
const KEPT_MAX = 16;

export function readRecentEmoji(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
  } catch {
    // Storage is blocked, or something else stands there.
    return [];
  }
}

/** The list with this one first, which is also written down. */
export function rememberEmoji(char: string): readonly string[] {
  const next = [char, ...readRecentEmoji().filter((one) => one !== char)].slice(0, KEPT_MAX);
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Storage is blocked: it lasts as long as the page.
  }
  return next;
}
