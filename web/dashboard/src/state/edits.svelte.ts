// Changes of a conversation as a whole: its owner, priority, labels, attributes, and being unread again. Shown at once, and
// taken back and thrown when the server refuses. Not what is said about it: see thread/changes.ts.
import { deskOf, type Desk } from '../../../api/desk';
import type { Agent, Attributes, AttributeValue, Label, Priority } from '../../../api/types';
import type { InboxHolder } from './holder.svelte';
import { withChange, withFetched, withLabels, withUnread, type Known } from './inbox';

/** The changes that a member makes in one account. */
export class Edits {
  readonly #holder: InboxHolder;
  readonly #api: Desk;
  #isLoadingLabels = false;

  constructor(holder: InboxHolder, account: number) {
    this.#holder = holder;
    this.#api = deskOf(account);
  }

  /** To a member, who joins by it, or to nobody. */
  async assign(id: number, agent: Agent | null): Promise<void> {
    const known = this.#known(id);
    const isIn = !agent || !known || known.agents.some((one) => one.id === agent.id);
    const agents = isIn ? known?.agents : [...known.agents, { id: agent.id, name: agent.name }];
    await this.#show(id, { meta: known && { ...known.meta, assignee: agent }, agents }, () =>
      this.#api.assign(id, agent?.id ?? null),
    );
  }

  async setPriority(id: number, priority: Priority | null): Promise<void> {
    await this.#show(id, { priority }, () => this.#api.setPriority(id, priority));
  }

  async setLabels(id: number, labels: readonly string[]): Promise<void> {
    await this.#show(id, { labels: [...labels].sort() }, () => this.#api.setLabels(id, labels));
  }

  /** Sets one attribute, or takes it away with null; the others stay, whoever changes them meanwhile. */
  async setAttribute(id: number, key: string, value: AttributeValue): Promise<void> {
    const { [key]: _, ...others } = this.#known(id)?.custom_attributes ?? {};
    const custom_attributes = (value === null ? others : { ...others, [key]: value }) as Attributes;
    await this.#show(id, { custom_attributes }, () =>
      this.#api.setAttributes(id, { [key]: value }),
    );
  }

  /** Unread from its newest message of a contact on, for this member alone. */
  async markUnread(id: number): Promise<void> {
    const conversation = await this.#api.markUnread(id);
    this.#holder.change((inbox) =>
      withUnread(withFetched(inbox, conversation), id, conversation.read_count),
    );
  }

  /** Fetches the account's labels, unless that was done: events keep them up. Throws what the request throws. */
  async openLabels(): Promise<void> {
    if (this.#holder.inbox.labels !== null || this.#isLoadingLabels) return;
    this.#isLoadingLabels = true;
    try {
      const { payload } = await this.#api.labels();
      this.#holder.change((inbox) => withLabels(inbox, payload));
    } finally {
      this.#isLoadingLabels = false;
    }
  }

  /** Makes a label, which others hear of by an event. */
  async createLabel(title: string, color: string): Promise<Label> {
    const label = await this.#api.createLabel(title, color);
    this.#holder.change((inbox) => {
      const others = (inbox.labels ?? []).filter((one) => one.id !== label.id);
      return withLabels(inbox, [...others, label]);
    });
    return label;
  }

  #known(id: number): Known | undefined {
    return this.#holder.inbox.conversations.get(id);
  }

  /** Shows `change` while `send` is on its way; what an event told meanwhile stays. */
  async #show(id: number, given: Partial<Known>, send: () => Promise<unknown>): Promise<void> {
    const before = this.#known(id);
    const change = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as Partial<Known>;
    this.#holder.change((inbox) => withChange(inbox, id, change));
    try {
      await send();
    } catch (error) {
      const now = this.#known(id);
      const names = Object.keys(change) as (keyof Known)[];
      const untouched = before && now && names.every((name) => now[name] === change[name]);
      if (untouched) {
        const back = Object.fromEntries(names.map((name) => [name, before[name]]));
        this.#holder.change((inbox) => withChange(inbox, id, back as Partial<Known>));
      }
      throw error;
    }
  }
}
