// What a member knows of one account's conversations, and how events and fetched pages change it. Pure: no requests,
// no clock, no framework. The store around it is store.svelte.ts.
import type {
  AccountEvent,
  Contact,
  Conversation,
  ConversationLive,
  Counts,
  Label,
  Message,
} from '../../../api/types';
import { Shelf } from './shelf';
import { countsAfter, lastPosition, unreadAfter, type Unread } from './views';

/** A conversation whose `read_count` is null until it is fetched: an event told of it, and events do not carry it. */
export type Known = ConversationLive & { read_count: number | null };

/** The loaded part of one conversation's messages: the newest ones without a gap, in order of position. */
export type Thread = readonly Message[];

export interface Inbox {
  /** The member whose inbox this is. */
  readonly me: number;
  readonly conversations: Shelf<Known>;
  /** By contact, the numbers of their known conversations. */
  readonly ofContact: Shelf<readonly number[]>;
  /** By conversation, only those that were opened. */
  readonly threads: ReadonlyMap<number, Thread>;
  /** How many of the known conversations have something unread. */
  readonly unread: Unread;
  /** The account's labels. Null until fetched or told. */
  readonly labels: readonly Label[] | null;
  /** Over open conversations. Null until fetched. */
  readonly counts: Counts | null;
  /** Raised when `counts` can no longer be trusted because something unknown changed: fetch them again. */
  readonly countsStale: boolean;
  /** Grows with each change of counts, so that an answer that was asked for before it is recognised as older. */
  readonly revision: number;
}

/** An inbox of which nothing is known yet. */
export function emptyInbox(me: number): Inbox {
  return {
    me,
    conversations: Shelf.empty(),
    ofContact: Shelf.empty(),
    threads: new Map(),
    unread: { mine: 0, unassigned: 0 },
    labels: null,
    counts: null,
    countsStale: false,
    revision: 0,
  };
}

/** The inbox after `event`. Safe to repeat: events carry state, and a kind from the future changes nothing. */
export function apply(inbox: Inbox, event: AccountEvent): Inbox {
  switch (event.kind) {
    case 'conversation_created':
      return withLive(inbox, event.conversation, 0);
    case 'message_created':
      return withMessage(withLive(inbox, event.conversation, null), event.message);
    case 'message_updated':
      return withReplaced(withLive(inbox, event.conversation, null), event.message);
    case 'conversation_updated':
      return withLive(inbox, event.conversation, null);
    case 'conversation_read':
      return withRead(inbox, event.conversation_id, event.read_count);
    case 'conversation_unread':
      return withUnread(inbox, event.conversation_id, event.read_count);
    case 'labels_changed':
      return withRelabelled(withLabels(inbox, event.labels), event.was, event.becomes);
    case 'contact_updated':
      return withContact(inbox, event.contact);
    case 'inbox_members_changed':
      return withInboxSeenBy(inbox, event.inbox_id, event.user_ids);
    case 'inbox_updated':
    case 'inbox_deleted':
      // Shown by the administration only, which asks for them; one that is deleted had no conversations.
      return inbox;
    case 'contact_deleted':
      return withoutContact(inbox, event.contact_id, event.merged_into ?? null);
    case 'member_added':
    case 'member_updated':
      // Members are shown as owners and authors only, and those come with their conversations.
      return inbox;
    default:
      return ignore(inbox, event);
  }
}

/** Compiles only while every kind has its case above. */
function ignore(inbox: Inbox, _event: never): Inbox {
  return inbox;
}

/** With a conversation that was fetched, unless an event has told newer things of it already. */
export function withFetched(inbox: Inbox, fetched: Conversation): Inbox {
  const known = inbox.conversations.get(fetched.id);
  fetched = slim(fetched);
  // Undecided, it loses: if it is the newer one after all, its event is on the way.
  if (known) return withConversation(inbox, merge(known, fetched, isNewer(fetched, known)));
  // Learning of it is no change of it: the fetched counts had it in them.
  return shelved(inbox, undefined, fetched);
}

/** With all conversations of a fetched page. */
export function withPage(inbox: Inbox, page: readonly Conversation[]): Inbox {
  return page.reduce(withFetched, inbox);
}

/** With fetched counts; `revision` is the inbox's when they were asked for. */
export function withCounts(inbox: Inbox, counts: Counts, revision: number): Inbox {
  return { ...inbox, counts, countsStale: inbox.revision !== revision };
}

/** With fetched messages of one conversation, which is open from now on. */
export function withMessages(inbox: Inbox, id: number, fetched: readonly Message[]): Inbox {
  return withThread(inbox, id, union(inbox.threads.get(id) ?? [], fetched));
}

/** With one more message, where its conversation's messages are loaded; elsewhere they are fetched when it is opened. */
export function withMessage(inbox: Inbox, message: Message): Inbox {
  const thread = inbox.threads.get(message.conversation_id);
  if (!thread) return inbox;
  return withThread(inbox, message.conversation_id, union(thread, [message]));
}

/** With another state of a message that is loaded; elsewhere it is fetched as it is. */
export function withReplaced(inbox: Inbox, message: Message): Inbox {
  const thread = inbox.threads.get(message.conversation_id);
  if (!thread?.some((one) => one.id === message.id)) return inbox;
  return withThread(inbox, message.conversation_id, union(thread, [message]));
}

/** With the contacts' first `count` messages read. Never less than before: devices report in any order. */
export function withRead(inbox: Inbox, id: number, count: number): Inbox {
  const known = inbox.conversations.get(id);
  if (!known || (known.read_count !== null && known.read_count >= count)) return inbox;
  return withConversation(inbox, { ...known, read_count: count });
}

/** With fetched labels. */
export function withLabels(inbox: Inbox, labels: readonly Label[]): Inbox {
  return { ...inbox, labels };
}

/** With fewer of the contacts' messages read, by the member's own wish: the one way in which `read_count` shrinks. */
export function withUnread(inbox: Inbox, id: number, count: number): Inbox {
  const known = inbox.conversations.get(id);
  if (known?.read_count == null || known.read_count <= count) return inbox;
  return withConversation(inbox, { ...known, read_count: count });
}

/** Without the messages of some conversations: they are fetched when one of them is opened again. */
export function withoutThreads(inbox: Inbox, ids: readonly number[]): Inbox {
  const threads = new Map(inbox.threads);
  for (const id of ids) threads.delete(id);
  return { ...inbox, threads };
}

/** With another status or owner, as an optimistic guess or the answer to a request. */
export function withChange(inbox: Inbox, id: number, change: Partial<Known>): Inbox {
  const known = inbox.conversations.get(id);
  return known ? withConversation(inbox, { ...known, ...change }) : inbox;
}

/** Without some conversations, which are known again when they are fetched or an event tells of them. */
export function withoutConversations(inbox: Inbox, ids: readonly number[]): Inbox {
  let { conversations, ofContact, unread } = inbox;
  for (const id of ids) {
    const known = conversations.get(id);
    if (!known) continue;
    conversations = conversations.without(id);
    unread = unreadAfter({ ...inbox, unread }, known, undefined);
    const contact = known.meta.sender.id;
    const others = (ofContact.get(contact) ?? []).filter((one) => one !== id);
    ofContact = others.length > 0 ? ofContact.with(contact, others) : ofContact.without(contact);
  }
  return { ...inbox, conversations, ofContact, unread };
}

function withLive(inbox: Inbox, live: ConversationLive, unknownReadCount: number | null): Inbox {
  const known = inbox.conversations.get(live.id);
  const incoming = { ...slim(live), read_count: known ? known.read_count : unknownReadCount };
  // Undecided, it wins: events come in order.
  return withConversation(
    inbox,
    known ? merge(known, incoming, !isNewer(known, incoming)) : incoming,
  );
}

/** One of both states; what was read never shrinks. */
function merge(known: Known, incoming: Known, takesIncoming: boolean): Known {
  const read_count =
    known.read_count === null || incoming.read_count === null
      ? (known.read_count ?? incoming.read_count)
      : Math.max(known.read_count, incoming.read_count);
  return { ...(takesIncoming ? incoming : known), read_count };
}

/** Whether `a` is surely the later state. Both numbers only grow, but neither tells all changes of one second apart. */
function isNewer(a: ConversationLive, b: ConversationLive): boolean {
  const [left, right] = [lastPosition(a), lastPosition(b)];
  return left === right ? a.updated_at > b.updated_at : left > right;
}

function withConversation(inbox: Inbox, next: Known): Inbox {
  const before = inbox.conversations.get(next.id);
  if (before === next) return inbox;
  return { ...shelved(inbox, before, next), ...countsAfter(inbox, before, next) };
}

/** With the conversation in the place of what was known of it, and all that is counted or found by it. */
function shelved(inbox: Inbox, before: Known | undefined, next: Known): Inbox {
  const conversations = inbox.conversations.with(next.id, next);
  const unread = unreadAfter(inbox, before, next);
  const contact = next.meta.sender.id;
  if (before?.meta.sender.id === contact) return { ...inbox, conversations, unread };
  const ofContact = inbox.ofContact.with(contact, [
    ...(inbox.ofContact.get(contact) ?? []).filter((id) => id !== next.id),
    next.id,
  ]);
  return { ...inbox, conversations, ofContact, unread };
}

/** A row shows no more of the last message than this; whoever wants to read it opens the conversation. */
const PREVIEW_CHARACTERS = 400;

/** Without what no row shows: a list of long letters would hold them all. */
function slim<Any extends ConversationLive>(conversation: Any): Any {
  const last = conversation.last_non_activity_message ?? conversation.messages.at(-1);
  if ((last?.content?.length ?? 0) <= PREVIEW_CHARACTERS) return conversation;
  const shorten = (message: Message) => ({
    ...message,
    content: (message.content ?? '').slice(0, PREVIEW_CHARACTERS),
  });
  const { messages, last_non_activity_message: shown } = conversation;
  return {
    ...conversation,
    messages: messages.map(shorten),
    ...(shown ? { last_non_activity_message: shorten(shown) } : {}),
  };
}

function withThread(inbox: Inbox, id: number, thread: Thread): Inbox {
  return { ...inbox, threads: new Map(inbox.threads).set(id, thread) };
}

function withContact(inbox: Inbox, contact: Contact): Inbox {
  let { conversations } = inbox;
  for (const id of inbox.ofContact.get(contact.id) ?? []) {
    const known = conversations.get(id);
    if (!known) continue;
    conversations = conversations.with(id, { ...known, meta: { ...known.meta, sender: contact } });
  }
  return { ...inbox, conversations };
}

/** A contact is no more: their conversations belong to the one they were merged into, or are gone too. */
function withoutContact(inbox: Inbox, contact: number, into: Contact | null): Inbox {
  const ids = inbox.ofContact.get(contact) ?? [];
  if (into === null) return ids.reduce(withoutConversation, inbox);
  const moved = ids.reduce((before, id) => {
    const known = before.conversations.get(id);
    if (!known) return before;
    return shelved(before, known, { ...known, meta: { ...known.meta, sender: into } });
  }, inbox);
  return withContact({ ...moved, ofContact: moved.ofContact.without(contact) }, into);
}

function withoutConversation(inbox: Inbox, id: number): Inbox {
  const known = inbox.conversations.get(id);
  if (!known) return inbox;
  const contact = known.meta.sender.id;
  const others = (inbox.ofContact.get(contact) ?? []).filter((other) => other !== id);
  const threads = new Map(inbox.threads);
  threads.delete(id);
  return {
    ...inbox,
    threads,
    conversations: inbox.conversations.without(id),
    ofContact:
      others.length > 0 ? inbox.ofContact.with(contact, others) : inbox.ofContact.without(contact),
    unread: unreadAfter(inbox, known, undefined),
    countsStale: true,
    revision: inbox.revision + 1,
  };
}

/** A label's title is no more: it goes from everything that carries it, or another one takes its place. */
function withRelabelled(inbox: Inbox, was?: string | null, becomes?: string | null): Inbox {
  if (was == null) return inbox;
  const retitled = (titles: readonly string[]): string[] => {
    const kept = titles.filter((title) => title !== was);
    if (kept.length === titles.length) return [...titles];
    return [...new Set(becomes == null ? kept : [...kept, becomes])].sort();
  };
  let { conversations } = inbox;
  for (const [id, known] of inbox.conversations) {
    const { sender } = known.meta;
    if (!known.labels.includes(was) && !sender.labels.includes(was)) continue;
    conversations = conversations.with(id, {
      ...known,
      labels: retitled(known.labels),
      meta: { ...known.meta, sender: { ...sender, labels: retitled(sender.labels) } },
    });
  }
  return { ...inbox, conversations };
}

/** With what the member sees since others see the inbox: who no longer does keeps nothing of it. */
function withInboxSeenBy(inbox: Inbox, id: number, users: readonly number[]): Inbox {
  const stale = { countsStale: true, revision: inbox.revision + 1 };
  if (users.includes(inbox.me)) return { ...inbox, ...stale };
  const lost = [...inbox.conversations.values()].filter((known) => known.inbox_id === id);
  const threads = new Map(inbox.threads);
  for (const known of lost) threads.delete(known.id);
  return {
    ...withoutConversations(
      inbox,
      lost.map((known) => known.id),
    ),
    threads,
    ...stale,
  };
}

/** Both without repeats, in order of position; of a message that both have, `more` has the later state. */
export function union(thread: Thread, more: readonly Message[]): Thread {
  const byId = new Map([...thread, ...more].map((message) => [message.id, message]));
  return [...byId.values()].sort((a, b) => a.position - b.position);
}
