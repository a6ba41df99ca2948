// Who and what there is in an account to choose from: members and inboxes. Fetched when first asked for, and again after
// the line was away. Not conversations.
import { directoryOf, type Inbox } from '../../../api/directory';
import type { Agent } from '../../../api/types';

/** One account's members and inboxes. */
export class Directory {
  readonly #api;
  #isWanted = false;
  /** By name. Empty until fetched. */
  agents: readonly Agent[] = $state.raw([]);
  inboxes: readonly Inbox[] = $state.raw([]);
  /** Whether the last fetch succeeded. */
  state: 'idle' | 'loading' | 'ready' | 'failed' = $state('idle');

  constructor(account: number) {
    this.#api = directoryOf(account);
  }

  /** Fetches all of it, unless that was done. Also repeats what failed. */
  async open(): Promise<void> {
    this.#isWanted = true;
    if (this.state === 'loading' || this.state === 'ready') return;
    this.state = 'loading';
    try {
      [this.agents, this.inboxes] = await Promise.all([this.#api.agents(), this.#api.inboxes()]);
      this.state = 'ready';
    } catch {
      // Whoever shows it says so; what was known stays.
      this.state = 'failed';
    }
  }

  /** Fetches it again where somebody has asked for it. */
  refresh(): void {
    if (!this.#isWanted || this.state === 'loading') return;
    this.state = 'idle';
    void this.open();
  }

  /** An event told of a member. */
  takeAgent(agent: Agent): void {
    const others = this.agents.filter((one) => one.id !== agent.id);
    this.agents = [...others, agent].sort((a, b) => a.name.localeCompare(b.name));
  }
}
