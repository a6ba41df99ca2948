// What a visitor's chat shows, and how events and fetches change it. Pure, so that "events folded = fetched again" can be tested.
// Not the messages on their way (web/realtime/outbox.ts), and not how it looks.
import type { VisitorConversation, VisitorEvent, VisitorMessage } from '../../../realtime/wire';

/** Answer of GET /widget/v1/{website_token}/session. */
export interface Session {
  epoch: string;
  cursor: number;
  contact: { name: string | null; email: string | null } | null;
  conversation: VisitorConversation | null;
  /** Up to 50 newest, oldest first. */
  messages: VisitorMessage[];
  /** Whether there are older ones. */
  more: boolean;
}

/** One conversation as far as it is known here. */
export interface ChatState {
  conversation: VisitorConversation | null;
  /** By number. */
  messages: VisitorMessage[];
  /** Older messages are at the server. */
  more: boolean;
  /** The cursor up to which `conversation` is true. */
  cursor: number;
}

/** Before anything is known. */
export const emptyChat: ChatState = { conversation: null, messages: [], more: false, cursor: 0 };

/**
 * Takes in a fetched session. Events may have overtaken it: messages are united, and an older view of the
 * conversation does not replace a newer one. Pages fetched earlier stay.
 */
export function withSession(state: ChatState, session: Session): ChatState {
  const { conversation, messages, more, cursor } = session;
  const same = conversation !== null && conversation.id === state.conversation?.id;
  // After more than a page was missed, what we had no longer joins what we got.
  const first = messages[0]?.number ?? 1;
  const last = state.messages.at(-1)?.number ?? 0;
  if (!same || first > last + 1) return { conversation, messages, more, cursor };
  const older = (state.messages[0]?.number ?? first) <= first;
  return {
    conversation: cursor >= state.cursor ? conversation : state.conversation,
    messages: unite(state.messages, messages),
    more: older ? state.more : more,
    cursor: Math.max(cursor, state.cursor),
  };
}

/** Takes in one event. Null when it is about another conversation: fetch the session again then. */
export function withEvent(state: ChatState, seq: number, event: VisitorEvent): ChatState | null {
  switch (event.kind) {
    case 'message_created':
      if (event.conversation.id !== state.conversation?.id) return null;
      return {
        ...state,
        conversation: event.conversation,
        messages: unite(state.messages, [event.message]),
        cursor: Math.max(seq, state.cursor),
      };
    case 'message_updated':
      if (event.message.conversation_id !== state.conversation?.id) return state;
      return {
        ...state,
        messages: state.messages.map((it) =>
          it.number === event.message.number ? event.message : it,
        ),
        cursor: Math.max(seq, state.cursor),
      };
    case 'conversation_updated':
      if (event.conversation.id !== state.conversation?.id) return null;
      return { ...state, conversation: event.conversation, cursor: Math.max(seq, state.cursor) };
    default:
      // A newer server may tell of things this page does not know.
      return { ...state, cursor: Math.max(seq, state.cursor) };
  }
}

/** Takes in the answer to a message of one's own, which may have begun a new conversation. */
export function withAnswer(
  state: ChatState,
  conversation: VisitorConversation,
  message: VisitorMessage,
): ChatState {
  if (conversation.id !== state.conversation?.id) {
    return { ...state, conversation, messages: [message], more: message.number > 1 };
  }
  // Messages of others may be missing before it: their events are on the way, and find their place. The marks of delivery are
  // counted back from the newest own message, so its count comes with it.
  const { incoming_count: said } = conversation;
  const incoming_count = Math.max(said ?? 0, state.conversation.incoming_count ?? 0);
  return {
    ...state,
    conversation: { ...state.conversation, ...(said === undefined ? {} : { incoming_count }) },
    messages: unite(state.messages, [message]),
  };
}

/** Takes in a page of older messages. */
export function withOlder(state: ChatState, messages: VisitorMessage[], more: boolean): ChatState {
  return { ...state, messages: unite(messages, state.messages), more };
}

/** Takes in that the server knows of reading up to message `last`. What is newer still counts. */
export function withSeen(state: ChatState, conversationId: string, last: number): ChatState {
  const { conversation, messages } = state;
  const newest = messages.at(-1)?.number ?? 0;
  if (conversation?.id !== conversationId || newest > last) return state;
  return { ...state, conversation: { ...conversation, unread_count: 0 } };
}

function unite(some: VisitorMessage[], others: VisitorMessage[]): VisitorMessage[] {
  const byNumber = new Map([...some, ...others].map((message) => [message.number, message]));
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}
