// Unsent text of each conversation's composer and the names of its files, kept over reloads and log-ins. Not queued messages: the outbox has those.

import type { KeptFile } from './uploads.svelte';

/** The server keeps a file for a day without a message; what is nearly that old is not offered any more. Milliseconds. */
const FILE_LIVES_MS = 23 * 3_600_000;

/** What is written: to everyone in the conversation, or to members only. */
export const MODES = ['reply', 'note'] as const;
export type Mode = (typeof MODES)[number];

/** What stands in a composer. Each mode has a text of its own: a note must never become a reply by a press of a button. */
export interface Draft {
  readonly mode: Mode;
  readonly reply: string;
  readonly note: string;
  /** The files that have arrived, which the server still has. */
  readonly files: Readonly<Record<Mode, readonly KeptFile[]>>;
}

const EMPTY: Draft = { mode: 'reply', reply: '', note: '', files: { reply: [], note: [] } };

/** Names the user too: people may share a browser. */
function prefixOf(user: number): string {
  return `frontdesk:draft:${user}:`;
}

function keyOf(user: number, account: number, conversation: number): string {
  return `${prefixOf(user)}${account}:${conversation}`;
}

export function readDraft(user: number, account: number, conversation: number): Draft {
  try {
    return draftOf(JSON.parse(localStorage.getItem(keyOf(user, account, conversation)) ?? 'null'));
  } catch {
    // Storage is blocked, or somebody else's text stands there: nothing is kept then.
    return EMPTY;
  }
}

export function keepDraft(user: number, account: number, conversation: number, draft: Draft): void {
  const key = keyOf(user, account, conversation);
  try {
    const isEmpty = MODES.every((one) => draft[one].trim() === '' && draft.files[one].length === 0);
    if (isEmpty) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Storage is blocked or full. The text still stands in the composer.
  }
}

/** Who logs out leaves nothing unsent in the browser for the next one to find. */
export function forgetDrafts(user: number): void {
  try {
    const all = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? '');
    const own = all.filter((key) => key.startsWith(prefixOf(user)));
    for (const key of own) localStorage.removeItem(key);
  } catch {
    // Storage is blocked: nothing was kept.
  }
}

function draftOf(kept: unknown): Draft {
  if (typeof kept !== 'object' || kept === null) return EMPTY;
  const { mode, reply, note, files, text, isNote } = kept as Record<string, unknown>;
  // An older page kept one text and what it was for.
  if (typeof text === 'string')
    return isNote === true ? { ...EMPTY, mode: 'note', note: text } : { ...EMPTY, reply: text };
  if (typeof reply !== 'string' || typeof note !== 'string') return EMPTY;
  const of = (files ?? {}) as Record<string, unknown>;
  return {
    mode: mode === 'note' ? 'note' : 'reply',
    reply,
    note,
    files: { reply: filesOf(of.reply), note: filesOf(of.note) },
  };
}

function filesOf(kept: unknown): KeptFile[] {
  if (!Array.isArray(kept)) return [];
  const oldest = Date.now() - FILE_LIVES_MS;
  return kept.filter((one): one is KeptFile => isFile(one) && one.at > oldest);
}

function isFile(value: unknown): value is KeptFile {
  if (typeof value !== 'object' || value === null) return false;
  const { blob_id, file_name, file_size, at } = value as Record<string, unknown>;
  return (
    typeof blob_id === 'string' &&
    typeof file_name === 'string' &&
    typeof file_size === 'number' &&
    typeof at === 'number'
  );
}
