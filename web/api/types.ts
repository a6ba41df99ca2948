// The shapes of the members' REST answers and of what the socket says about them. Not behaviour.
// Written by hand for as long as no generated schema stands beside it; every other file takes the types from here.
import type { MemberEvent } from '../realtime/wire';

/** Seconds since 1970, the API's habit. */
export type Seconds = number;
/** Milliseconds since 1970, in fields that end in `_ms` and in events' `at`. */
export type Milliseconds = number;

export type Status = 'open' | 'resolved' | 'pending' | 'snoozed';
export type Role = 'administrator' | 'agent';
export type Availability = 'available' | 'busy' | 'offline';

/** Who is logged in, and in which accounts. */
export interface Session {
  user: SessionUser;
  /** Identity of the event log: a cursor means nothing in another epoch. */
  epoch: string;
  accounts: Membership[];
}

export interface SessionUser {
  id: number;
  name: string;
  email: string;
  available_name: string;
}

/** The user's place in one account. Lists fetched after `cursor` was read miss nothing that comes after it. */
export interface Membership {
  id: number;
  name: string;
  role: Role;
  availability: Availability;
  cursor: number;
}

/** A member as other members see them. */
export interface Agent {
  id: number;
  name: string;
  available_name: string;
  email: string;
  role: Role;
}

/** Someone outside the business. `name` may be empty: a visitor who did not say who they are. */
export interface Contact {
  id: number;
  name: string | null;
  email: string | null;
}

/** A conversation without the counts that differ from member to member, as events carry it. */
export interface ConversationLive {
  id: number;
  inbox_id: number;
  status: Status;
  created_at: Seconds;
  updated_at: Seconds;
  last_activity_at: Seconds;
  /** How many messages of contacts it has ever had. */
  incoming_count: number;
  contact_last_seen_at: Seconds | null;
  /** The last message, or nothing. */
  messages: Message[];
  last_non_activity_message: Message | null;
  /** `assignee` is the owner; absent when nobody owns it. */
  meta: { sender: Contact; assignee?: Agent | null };
}

/** A conversation as one member sees it: unread = incoming_count - read_count, never below 0. */
export interface Conversation extends ConversationLive {
  read_count: number;
}

/** The kinds of `Message.message_type`. */
export const MESSAGE_TYPE = { incoming: 0, outgoing: 1, activity: 2 } as const;

export interface Message {
  id: number;
  conversation_id: number;
  message_type: number;
  content: string | null;
  /** A note that members see and contacts never. */
  private: boolean;
  created_at_ms: Milliseconds;
  /** 1, 2, 3.. within the conversation: the order of truth. */
  position: number;
  /** The sender's own key of this message, the same over every attempt to send it. */
  echo_id: string | null;
  sender_type: 'Contact' | 'User' | null;
  sender_id: number | null;
  sender?: { id: number; name: string | null } | null;
}

/** How many conversations of the asked status are whose. */
export interface Counts {
  mine_count: number;
  assigned_count: number;
  unassigned_count: number;
  all_count: number;
}

export interface ConversationPage {
  data: { meta: Counts; payload: Conversation[] };
}

export interface MessagePage {
  payload: Message[];
}

/** What happened in an account, as the socket tells a member. */
export type AccountEvent = MemberEvent<ConversationLive, Message, Contact, Agent>;
