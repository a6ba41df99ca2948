// The frames of GET /realtime, both directions, as types; and the one place that reads text into a frame.
// Not the connection (socket.ts), and not the shapes of the members' REST answers (web/api).

/** Version of the protocol that this client speaks. */
export const PROTOCOL_VERSION = 1;

/** Who speaks; the first frame on a socket. `epoch` and cursors say what was seen already. */
export type Hello = MemberHello | TokenHello | VisitorHello | LauncherHello;

/** A member's dashboard: the session cookie authenticates at the upgrade. Cursors by account id. */
export interface MemberHello {
  type: 'hello';
  v: 1;
  epoch: string | null;
  cursors: Record<string, number>;
}

/** A program with an API access token instead of a cookie. */
export interface TokenHello extends MemberHello {
  api_access_token: string;
}

/** One browser on a website; its cursor counts only what this contact may see. */
export interface VisitorHello {
  type: 'hello';
  v: 1;
  visitor: { website_token: string; token: string };
  epoch: string | null;
  cursor: number;
}

/** The launcher on a host page: hears the widget's mode and nothing else. */
export interface LauncherHello {
  type: 'hello';
  v: 1;
  launcher: { website_token: string };
}

/** Somebody started or stopped typing; sent at most every 3 s while it goes on. Never stored. */
export interface SendTyping {
  type: 'typing';
  conversation_id: number | string;
  on: boolean;
  /** Members only. */
  account_id?: number;
  /** Members only: a private note is being written, which contacts never learn. */
  private?: boolean;
}

/** This device has everything up to a place: the other side may know that it was delivered. */
export interface SendReceived {
  type: 'received';
  /** Members only. */
  account?: number;
  /** A seq of the account's log; a visitor's own number. */
  place: number;
}

/** What a client may send after its hello. */
export type ClientFrame = SendTyping | SendReceived | { type: 'check' };

/** `account_id` is absent on a visitor's socket. */
export type ServerFrame<Event> =
  | { type: 'resumed'; account_id?: number; epoch: string; cursor: number }
  | { type: 'reload'; account_id?: number; epoch: string; cursor: number }
  | { type: 'event'; account_id?: number; seq: number; event: Event }
  | { type: 'cursor'; account_id?: number; seq: number }
  | Typing
  | { type: 'mode'; mode: WidgetMode }
  | { type: 'check' };

/** Somebody else is typing; forget it after TYPING_EXPIRES_MS without a new one. */
export interface Typing {
  type: 'typing';
  account_id?: number;
  conversation_id: number | string;
  who: { type: 'contact' | 'user' | 'agent'; id?: number; name: string };
  on: boolean;
}

/** A typing mark that is not renewed is over after this long. */
export const TYPING_EXPIRES_MS = 6_000;
/** While typing goes on, say so this often at most. */
export const TYPING_EVERY_MS = 3_000;

/** What a visitor of the website meets. */
export type WidgetMode = 'online' | 'away' | 'offline' | 'hidden';

/** A conversation as its contact may see it. */
export interface VisitorConversation {
  /** UUID. */
  id: string;
  status: 'open' | 'resolved' | 'pending' | 'snoozed';
  /** Members who joined. */
  agents: { name: string; avatar_url?: string | null }[];
  unread_count: number;
  /** Messages of contacts so far; of these, how many reached a device of a member, and were seen by one. */
  incoming_count?: number;
  delivered_count?: number;
  seen_count?: number;
  created_at_ms: number;
}

/** A file of a message, as a contact gets it; fetched with the visitor's bearer header. */
export interface VisitorAttachment {
  /** UUID. */
  id: string;
  file_type: 'image' | 'audio' | 'video' | 'file';
  file_name: string;
  /** Bytes. */
  file_size: number;
  /** Pixels, of pictures. */
  width: number | null;
  height: number | null;
  /** Path on the server. */
  data_url: string;
  thumb_url: string;
}

/** A message as a contact may see it; `number` counts 1, 2, 3 within its conversation. */
export interface VisitorMessage {
  number: number;
  conversation_id: string;
  from: 'me' | 'agent' | 'contact' | 'event';
  name: string | null;
  content: string;
  attachments?: VisitorAttachment[];
  /** Taken back by its writer; the content says so. */
  deleted?: boolean;
  /** On own messages only: the key the sender gave it. */
  echo_id: string | null;
  created_at_ms: number;
}

/** What happened, for a contact. `at` in milliseconds. State in it is as of delivery: apply it idempotently. */
export type VisitorEvent =
  | {
      kind: 'message_created';
      at: number;
      conversation: VisitorConversation;
      message: VisitorMessage;
    }
  /** A message was taken back. */
  | {
      kind: 'message_updated';
      at: number;
      conversation?: VisitorConversation;
      message: VisitorMessage;
    }
  | { kind: 'conversation_updated'; at: number; conversation: VisitorConversation };

/**
 * What happened, for a member, over the shapes of the members' REST answers.
 * `ConversationLive` is a conversation without the counts that differ from member to member.
 */
export type MemberEvent<ConversationLive, Message, Contact, Agent, Label, Inbox> =
  | { kind: 'conversation_created'; at: number; conversation: ConversationLive }
  | { kind: 'message_created'; at: number; conversation: ConversationLive; message: Message }
  /** Its text was deleted. */
  | { kind: 'message_updated'; at: number; conversation: ConversationLive; message: Message }
  | { kind: 'conversation_updated'; at: number; conversation: ConversationLive }
  | { kind: 'conversation_read'; at: number; conversation_id: number; read_count: number }
  | { kind: 'conversation_unread'; at: number; conversation_id: number; read_count: number }
  | { kind: 'contact_updated'; at: number; contact: Contact }
  | { kind: 'contact_deleted'; at: number; contact_id: number; merged_into?: Contact | null }
  | { kind: 'member_added'; at: number; agent: Agent }
  | { kind: 'member_updated'; at: number; agent: Agent }
  | {
      kind: 'labels_changed';
      at: number;
      labels: Label[];
      /** A title that is no more, and what stands in its place on conversations and contacts. */
      was?: string | null;
      becomes?: string | null;
    }
  | { kind: 'inbox_updated'; at: number; inbox: Inbox }
  | { kind: 'inbox_deleted'; at: number; inbox_id: number }
  | { kind: 'inbox_members_changed'; at: number; inbox_id: number; user_ids: number[] };

/**
 * Reads one frame. Null for what this version does not know, which a client must ignore so that an
 * older page keeps working beside a newer server. Only the envelope is checked: events come from our own server.
 */
export function readFrame<Event>(text: string): ServerFrame<Event> | null {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return null;
  }
  return isFrame<Event>(frame) ? frame : null;
}

function isFrame<Event>(value: unknown): value is ServerFrame<Event> {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  const frame = value as Record<string, unknown>;
  switch (frame.type) {
    case 'resumed':
    case 'reload':
      return typeof frame.epoch === 'string' && Number.isSafeInteger(frame.cursor);
    case 'event':
      return (
        Number.isSafeInteger(frame.seq) && typeof frame.event === 'object' && frame.event !== null
      );
    case 'cursor':
      return Number.isSafeInteger(frame.seq);
    case 'typing':
      return typeof frame.who === 'object' && frame.who !== null && typeof frame.on === 'boolean';
    case 'mode':
      return typeof frame.mode === 'string';
    case 'check':
      return true;
    default:
      return false;
  }
}
