// Talks with the frame for the later half: waits until it is ready, says again what a reloaded frame has forgotten, and matches
// answers to questions. Not what is said.
import type { Core, Heard } from '../shared/core';
import type { Identity, ToFrame } from '../shared/messages';

/** A question that is not answered within this has failed. */
const ANSWER_MS = 20_000;
/** More than this waiting for a frame that does not come is refused. */
const WAITING_MAX = 100;

/** The frame behind a launcher. */
export class Frame {
  readonly #core: Core;
  readonly #listeners: ((message: Heard) => void)[] = [];
  /** The newest of each kind is said to every new frame. */
  readonly #kept = new Map<string, ToFrame>();
  readonly #waiting: ToFrame[] = [];
  readonly #questions = new Map<number, (problem: string | null) => void>();
  #ready = false;
  #asked = 0;

  constructor(core: Core) {
    this.#core = core;
    core.heard = (message) => this.#hear(message);
  }

  /** Hears everything that the frame says. */
  listen(heard: (message: Heard) => void): void {
    this.#listeners.push(heard);
  }

  /** Says something that stays true: theme, page. */
  keep(message: ToFrame): void {
    this.#kept.set(message.type, message);
    if (this.#ready) this.#core.tell(message);
  }

  /** Says something once; loads the frame for it. */
  say(message: ToFrame): void {
    if (this.#ready) this.#core.tell(message);
    else if (this.#waiting.length < WAITING_MAX) this.#waiting.push(message);
    this.#core.load();
  }

  /** Says who the visitor is; rejects with the server's sentence. */
  identify(person: Identity): Promise<void> {
    const id = (this.#asked += 1);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => answer('The chat cannot be reached right now.'), ANSWER_MS);
      const answer = (problem: string | null) => {
        clearTimeout(timer);
        this.#questions.delete(id);
        if (problem === null) resolve();
        else reject(new Error(problem));
      };
      this.#questions.set(id, answer);
      this.say({ type: 'identify', id, person });
    });
  }

  #hear(message: Heard): void {
    if (message.type === 'ready') {
      this.#ready = true;
      for (const kept of this.#kept.values()) this.#core.tell(kept);
      for (const waiting of this.#waiting.splice(0)) this.#core.tell(waiting);
    }
    if (message.type === 'identified') this.#questions.get(message.id)?.(message.problem);
    for (const listener of this.#listeners) listener(message);
  }
}
