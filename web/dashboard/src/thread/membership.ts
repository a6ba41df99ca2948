// Who of the team is in a conversation, as far as its messages and its owner tell. Pure.
import { MESSAGE_TYPE, type Message } from '../../../api/types';
import type { Known } from '../state/inbox';

/** One member of the team in a conversation. */
export interface Colleague {
  readonly id: number;
  readonly name: string;
  readonly isOwner: boolean;
}

/** The owner first, then whoever replied in the loaded messages. A private note makes nobody part of it. */
export function colleaguesIn(conversation: Known, messages: readonly Message[]): Colleague[] {
  const owner = conversation.meta.assignee;
  const found = new Map<number, Colleague>();
  if (owner)
    found.set(owner.id, { id: owner.id, name: owner.available_name || owner.name, isOwner: true });
  for (const message of messages) {
    const replied = message.message_type === MESSAGE_TYPE.outgoing && !message.private;
    const id = message.sender_id;
    if (!replied || message.sender_type !== 'User' || id == null || found.has(id)) continue;
    found.set(id, {
      id,
      name: message.sender?.name ?? '',
      isOwner: false,
    });
  }
  return [...found.values()];
}
