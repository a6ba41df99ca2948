// What the launcher on the host page and the chat in its frame say to each other, tagged and checked.
// Not the wire to the server (web/realtime/wire.ts). Runs on pages of other people: no dependencies.
import type { WidgetMode } from '../../realtime/wire';

/** Who a website says that its visitor is. Without the hash it is a claim, as anything typed is. */
export interface Identity {
  /** The website's own key for this person, 1 to 255 characters. */
  identifier?: string;
  /** HMAC-SHA256 of the identifier with the inbox's key, in hex. */
  identifierHash?: string;
  name?: string;
  email?: string;
  phone?: string;
  attributes?: Attributes;
}

/** What a website knows about its visitor; null takes one away. */
export type Attributes = Record<string, string | number | boolean | null>;

export type Theme = 'light' | 'dark' | 'auto';

/** Page to frame. */
export type ToFrame =
  /** The panel was opened; `focus` when a person did it just now, `modal` when it covers the page. */
  | { type: 'open'; focus: boolean; modal: boolean }
  | { type: 'close' }
  | { type: 'mode'; mode: WidgetMode }
  /** Answered by `identified` with the same `id`. */
  | { type: 'identify'; id: number; person: Identity }
  | { type: 'reset' }
  | { type: 'locale'; lang: string }
  | { type: 'theme'; theme: Theme }
  /** Where the visitor is on the website. */
  | { type: 'page'; url: string; title: string; referrer: string };

/** Frame to page. None carries what people wrote: the page's other scripts hear these, too. */
export type ToPage =
  /** The chat can be seen and hears messages. */
  | { type: 'ready' }
  | { type: 'open' }
  | { type: 'close' }
  /** `active`: this browser has a conversation, so the launcher must never hide. */
  | { type: 'unread'; count: number; active: boolean }
  /** Natural height in CSS pixels; null for as high as there is room. */
  | { type: 'resize'; height: number | null }
  /** The frame shows a card with the newest reply: show it beside the bubble, though the panel is closed. */
  | { type: 'peek'; on: boolean }
  | { type: 'message'; what: 'sent' | 'received' }
  | { type: 'identified'; id: number; problem: string | null };

/** Tells our messages from those of other scripts. */
export const TAG = { source: 'frontdesk', v: 1 } as const;

/** Posts to one window of one origin. `origin` "null" (a page from a file) can only be addressed as "*". */
export function post(to: Window, origin: string, message: ToFrame | ToPage): void {
  to.postMessage({ ...TAG, ...message }, origin === 'null' ? '*' : origin);
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
  const data = event.data as (Message & typeof TAG) | null;
  const ours = !!from && event.source === from && event.origin === origin;
  return ours && data?.source === 'frontdesk' && data.v === 1 ? data : null;
}
