// Which reply is shown on a card beside the closed bubble, and that a dismissed one does not come back. Not the card (parts/PeekCard).
import type { VisitorMessage } from '../../../realtime/wire';
import type { Memory } from './memory';

/** Of one browser on one website. */
export class Peek {
  readonly #memory: Memory;
  /** Messages of a conversation up to this number were dismissed. */
  #dismissed = $state.raw('');

  constructor(memory: Memory) {
    this.#memory = memory;
    this.#dismissed = memory.recall(':peeked') ?? '';
  }

  /** The newest reply, when it was not read and not dismissed. */
  of(messages: VisitorMessage[], unread: number): VisitorMessage | null {
    const newest = messages.findLast(({ from }) => from === 'agent' || from === 'contact');
    if (!newest || unread === 0) return null;
    const [conversation, number] = this.#dismissed.split(' ');
    const wasDismissed = conversation === newest.conversation_id && newest.number <= Number(number);
    return wasDismissed ? null : newest;
  }

  dismiss({ conversation_id, number }: VisitorMessage): void {
    this.#dismissed = `${conversation_id} ${number}`;
    this.#memory.keep(':peeked', this.#dismissed);
  }
}
