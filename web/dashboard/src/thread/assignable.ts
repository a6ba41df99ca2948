// In which order members are offered as owners. Pure; whether one of them may own it is the server's to say.
import type { Agent } from '../../../api/types';

const ORDER = ['online', 'busy', 'invisible', 'offline'];

/**
 * Oneself, then those who can answer now, then the rest, at last who cannot have it; by name within. Only who has accepted
 * the invitation.
 */
export function assignable(
  agents: readonly Agent[],
  me: number,
  mayHave: (one: Agent) => boolean = () => true,
): Agent[] {
  const rank = (one: Agent) => {
    if (!mayHave(one)) return ORDER.length + 1;
    const at = ORDER.indexOf(one.availability_status);
    return one.id === me ? -1 : at === -1 ? ORDER.length : at;
  };
  return agents
    .filter((one) => one.confirmed)
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
