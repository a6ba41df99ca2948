// Unsent text of each conversation's composer, kept over reloads. Not queued messages: the outbox has those.

/** What stands in a composer. */
export interface Draft {
  text: string;
  isNote: boolean;
}

const EMPTY: Draft = { text: '', isNote: false };

/** Names the user too: people may share a browser. */
function keyOf(user: number, account: number, conversation: number): string {
  return `frontdesk:draft:${user}:${account}:${conversation}`;
}

export function readDraft(user: number, account: number, conversation: number): Draft {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(user, account, conversation)) ?? 'null');
    if (typeof kept?.text !== 'string') return EMPTY;
    return { text: kept.text, isNote: kept.isNote === true };
  } catch {
    // Storage is blocked, or somebody else's text stands there: nothing is kept then.
    return EMPTY;
  }
}

export function keepDraft(user: number, account: number, conversation: number, draft: Draft): void {
  const key = keyOf(user, account, conversation);
  try {
    if (draft.text.trim() === '') localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Storage is blocked or full. The text still stands in the composer.
  }
}
