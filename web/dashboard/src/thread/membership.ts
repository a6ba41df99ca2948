// Who of the team takes part in a conversation, the owner first. Pure.
import type { Known } from '../state/inbox';

/** One member of the team in a conversation. */
export interface Colleague {
  readonly id: number;
  readonly name: string;
  readonly isOwner: boolean;
}

/** The members who joined, the owner before the others, who keep the order of joining. */
export function colleaguesIn(conversation: Known): Colleague[] {
  const owner = conversation.meta.assignee?.id;
  const all = conversation.agents.map(({ id, name }) => ({ id, name, isOwner: id === owner }));
  return [...all.filter((one) => one.isOwner), ...all.filter((one) => !one.isOwner)];
}
