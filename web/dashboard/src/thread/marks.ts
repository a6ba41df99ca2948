// How far each public message of the team has come: sent, delivered to the contact's device, or seen by them. Pure.
// The counts are the conversation's; which mark is written under which bubble is entries.ts's.
import { MESSAGE_TYPE, type ConversationLive, type Message } from '../../../api/types';

/** BEHAVIOUR 7.6. Each includes the one before. */
export type Mark = 'sent' | 'delivered' | 'seen';

/** The conversation's counts of the members' public messages: all, those that reached a device, those that were seen. */
export interface MarkCounts {
  readonly outgoing: number;
  readonly delivered: number;
  readonly seen: number;
}

/** A conversation's counts; null where the server does not count. */
export function marksIn(conversation: ConversationLive): MarkCounts | null {
  const { outgoing_count, contact_delivered_count, contact_read_count } = conversation;
  if (outgoing_count === undefined) return null;
  return {
    outgoing: outgoing_count,
    delivered: contact_delivered_count ?? 0,
    seen: contact_read_count ?? 0,
  };
}

/** Whether the contact's marks count this message. */
export function isMarked(message: Message): boolean {
  return (
    message.message_type === MESSAGE_TYPE.outgoing &&
    !message.private &&
    message.sender_type === 'User'
  );
}

/** What the server said of the message when it was fetched; events may have told more since. */
function markOf({ status }: Message): Mark {
  return status === 'read' ? 'seen' : status === 'delivered' ? 'delivered' : 'sent';
}

/**
 * The mark of each message by id. `messages` end with the conversation's newest one, so the last public message of
 * a member is number `outgoing`, and the others follow by counting back. Without counts, or for messages that do not
 * reach the newest, only what the messages say of themselves is known.
 */
export function marksOf(
  messages: readonly Message[],
  counts: MarkCounts | null,
): ReadonlyMap<number, Mark> {
  const marks = new Map<number, Mark>();
  let number = counts?.outgoing ?? 0;
  for (const message of messages.toReversed()) {
    if (!isMarked(message)) continue;
    const told = markOf(message);
    const counted = !counts
      ? 'sent'
      : number <= counts.seen
        ? 'seen'
        : number <= counts.delivered
          ? 'delivered'
          : 'sent';
    marks.set(message.id, later(told, counted));
    number -= 1;
  }
  return marks;
}

const ORDER: readonly Mark[] = ['sent', 'delivered', 'seen'];

function later(a: Mark, b: Mark): Mark {
  return ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b;
}
