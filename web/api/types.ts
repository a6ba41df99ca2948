// The shapes of the members' REST answers and of what the socket says about them, by the names of this side.
// Not written by hand: schema.ts is generated from openapi.json, and only what it leaves loose is said here.
import type { MemberEvent } from '../realtime/wire';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Status = 'open' | 'resolved' | 'pending' | 'snoozed';
/** The most pressing first. */
export const PRIORITIES = ['urgent', 'high', 'medium', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** A value that the business chose to keep. */
export type AttributeValue = string | number | boolean | null;
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** The page and the browser that a visitor began a conversation with. All of it is what the browser says. */
export interface Origin {
  browser?: string;
  platform?: string;
  page_url?: string;
  page_title?: string;
  referrer?: string;
  language?: string;
  initiated_at?: string;
}
export type Role = 'administrator' | 'agent';

/** The user's place in one account. Lists fetched after `cursor` was read miss nothing that comes after it. */
export type Membership = Schemas['SessionAccountView'] & { role: Role };

/** Who is logged in, and in which accounts. `epoch` is the identity of the log: cursors mean nothing in another. */
export type Session = Omit<Schemas['SessionView'], 'accounts'> & { accounts: Membership[] };

/** A member as other members see them. */
export type Agent = Schemas['AgentView'];

/** Someone outside the business. `name` may be empty: a visitor who did not say who they are. */
export type Contact = Schemas['SenderView'];

/** A label; conversations and contacts carry its title. */
export type Label = Schemas['LabelView'];

/** The kinds of `Message.message_type`. */
export const MESSAGE_TYPE = { incoming: 0, outgoing: 1, activity: 2 } as const;

/** A file of a message. `data_url` is a path on our own server, where the session opens it. */
export interface Attachment {
  id: number;
  message_id: number;
  file_type: 'image' | 'audio' | 'video' | 'file';
  file_name: string;
  content_type: string;
  /** Bytes. */
  file_size: number;
  /** Pixels; null where the file has none, or nobody measured it. */
  width: number | null;
  height: number | null;
  data_url: string;
  thumb_url: string;
}

/** One message of a conversation. `position` is the order of truth, `created_at_ms` is for showing. */
export type Message = Omit<Schemas['MessageView'], 'attachments' | 'content_attributes'> & {
  sender_type?: 'Contact' | 'User' | null;
  attachments: readonly Attachment[];
  content_attributes: { deleted?: boolean };
};

/** A conversation without the counts that differ from member to member, as events carry it. Its owner is `meta.assignee`. */
export type ConversationLive = Omit<
  Schemas['ConversationLive'],
  | 'status'
  | 'messages'
  | 'last_non_activity_message'
  | 'priority'
  | 'custom_attributes'
  | 'additional_attributes'
> & {
  status: Status;
  priority?: Priority | null;
  /** What the business keeps of it, by key. */
  custom_attributes: Attributes;
  /** Where it began. */
  additional_attributes: Origin;
  /** The members' public messages so far; and how many of those the contact's device got, and the contact saw. */
  outgoing_count?: number;
  contact_delivered_count?: number;
  contact_read_count?: number;
  /** The newest one that is not an activity, or nothing. */
  messages: Message[];
  last_non_activity_message?: Message | null;
};

/**
 * A conversation as one member sees it. Unread = incoming_count - read_count, never below 0; the answer's own
 * `unread_count` is left out, because no event keeps it up.
 */
export type Conversation = ConversationLive & Pick<Schemas['ConversationView'], 'read_count'>;

/** How many conversations of the asked status are whose. */
export type Counts = Schemas['ConversationListMeta'];

export interface ConversationPage {
  data: { meta: Counts; payload: Conversation[] };
}

export interface MessagePage {
  payload: Message[];
}

/** What happened in an account, as the socket tells a member. */
export type AccountEvent = MemberEvent<
  ConversationLive,
  Message,
  Contact,
  Agent,
  Label,
  Schemas['InboxLive']
>;

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type Holds<Claim extends true> = Claim;

/** Compiles only while the kinds of events known here are those that the description names. */
export type KindsAgree = Holds<Same<AccountEvent['kind'], Schemas['MemberEvent']['kind']>>;
