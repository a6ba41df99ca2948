// What the launcher on the host page and the chat in its frame say to each other, tagged and checked.
// Not the wire to the server (web/realtime/wire.ts). Runs on pages of other people: no dependencies.
import type { WidgetMode } from '../../realtime/wire';

/** Page to frame. */
export type ToFrame =
  /** The panel was opened; `focus` when a person did it just now. */
  { type: 'open'; focus: boolean } | { type: 'close' } | { type: 'mode'; mode: WidgetMode };

/** Frame to page. */
export type ToPage =
  /** The chat can be seen and hears messages. */
  | { type: 'ready' }
  | { type: 'close' }
  /** `active`: this browser has a conversation, so the launcher must never hide. */
  | { type: 'unread'; count: number; active: boolean }
  /** Natural height in CSS pixels; null for as high as there is room. */
  | { type: 'resize'; height: number | null };

interface Tag {
  source: 'frontdesk';
  v: 1;
}

/** Posts to one window of one origin. `origin` "null" (a page from a file) can only be addressed as "*". */
export function post(to: Window, origin: string, message: ToFrame | ToPage): void {
  const tag: Tag = { source: 'frontdesk', v: 1 };
  to.postMessage({ ...tag, ...message }, origin === 'null' ? '*' : origin);
}

/**
 * The message, when it comes from that window of that origin and carries our tag; null otherwise.
 * Other scripts of a page post to the same window, so anything can arrive.
 */
export function read<Message extends ToFrame | ToPage>(
  event: MessageEvent<unknown>,
  from: Window | null | undefined,
  origin: string,
): Message | null {
  const data = event.data as (Message & Tag) | null;
  const ours = !!from && event.source === from && event.origin === origin;
  return ours && data?.source === 'frontdesk' && data.v === 1 ? data : null;
}
