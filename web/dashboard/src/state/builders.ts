// Makes conversations, messages and people for tests. Not shipped: only tests import it.
import type { Agent, Contact, Conversation, ConversationLive, Message } from '../../../api/types';

/** The member that tests look through. */
export const ME = 1;

/** A member of the team. */
export function agent(id: number): Agent {
  return {
    id,
    account_id: 1,
    name: `Member ${id}`,
    available_name: `Member ${id}`,
    email: '',
    role: 'agent',
    availability: 'available',
    availability_status: 'online',
    auto_offline: true,
    confirmed: true,
    thumbnail: '',
  };
}

/** A contact; give what matters. */
export function contact(given: Partial<Contact> = {}): Contact {
  return {
    id: 100,
    name: 'Ann',
    email: null,
    thumbnail: '',
    type: 'contact',
    availability_status: 'offline',
    blocked: false,
    email_claimed: false,
    additional_attributes: {},
    custom_attributes: {},
    labels: [],
    last_activity_at: 1000,
    created_at: 1000,
    ...given,
  };
}

/** A message; give what matters, `from` being its sender's name. */
export function message({
  from = 'Ann',
  ...given
}: Partial<Message> & { from?: string } = {}): Message {
  const type = given.sender_type === 'User' ? 'user' : 'contact';
  return {
    id: 1,
    account_id: 1,
    inbox_id: 1,
    conversation_id: 1,
    message_type: 0,
    content: 'hello',
    content_type: 'text',
    private: false,
    status: 'sent',
    created_at: 1000,
    created_at_ms: 1_000_000,
    position: 1,
    echo_id: null,
    content_attributes: {},
    attachments: [],
    sender_type: 'Contact',
    sender_id: 100,
    sender: { id: given.sender_id ?? 100, name: from, type, thumbnail: '' },
    ...given,
  };
}

/** An open conversation that nobody owns; give what matters. */
export function conversation({
  owner,
  ...given
}: Partial<Conversation> & { owner?: number } = {}): Conversation {
  return {
    id: 1,
    uuid: '00000000-0000-4000-8000-000000000000',
    account_id: 1,
    inbox_id: 1,
    status: 'open',
    created_at: 1000,
    updated_at: 1000,
    timestamp: 1000,
    last_activity_at: 1000,
    first_reply_created_at: 0,
    waiting_since: 0,
    contact_last_seen_at: 0,
    incoming_count: 0,
    outgoing_count: 0,
    contact_delivered_count: 0,
    contact_read_count: 0,
    delivered_count: 0,
    seen_count: 0,
    read_count: 0,
    agents: owner === undefined ? [] : [{ id: owner, name: agent(owner).name }],
    can_reply: true,
    muted: false,
    labels: [],
    additional_attributes: {},
    custom_attributes: {},
    messages: [],
    last_non_activity_message: null,
    meta: {
      sender: contact(),
      channel: 'Channel::WebWidget',
      hmac_verified: false,
      ...(owner === undefined ? {} : { assignee: agent(owner) }),
    },
    ...given,
  };
}

/** The same without what differs from member to member, as events carry it. */
export function live(given: Conversation): ConversationLive {
  const { read_count: _, ...rest } = given;
  return rest;
}

/** Numbers from [0, 1) that a seed decides: the same story every time. */
export function seeded(seed: number): () => number {
  let state = seed + 0x6d2b79f5;
  return () => {
    state = Math.imul(state ^ (state >>> 15), state | 1);
    state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
    return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
  };
}
