// In which order members are offered as owners. Pure; whether one of them may own it is the server's to say.
import type { Agent } from '../../../api/types';

const ORDER = ['online', 'busy', 'invisible', 'offline'];

/** Oneself, then those who can answer now, then the rest; by name within. Only who has accepted the invitation. */
export function assignable(agents: readonly Agent[], me: number): Agent[] {
  const rank = (one: Agent) => {
    const at = ORDER.indexOf(one.availability_status);
    return one.id === me ? -1 : at === -1 ? ORDER.length : at;
  };
  return agents
    .filter((one) => one.confirmed)
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
