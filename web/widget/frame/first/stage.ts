// What the first view and the app behind it share: settings, words, the text that is being typed, and the talk with the host's page.
// Not what either draws. Without a framework, because it comes before one.
import type { WidgetMode } from '../../../realtime/wire';
import type { ToFrame } from '../../shared/messages';
import type { Memory } from '../chat/memory';
import type { SentFile } from '../chat/timeline';
import { Unsent } from '../chat/unsent';
import type { ChatConfig } from '../config';
import { HostPage } from '../host';
import type { Words } from '../words';

/** What a visitor sends from a first view. */
export interface Submission {
  content: string;
  name?: string;
  email?: string;
}

/** Files for the first message. */
export interface Attached {
  readonly any: boolean;
  /** Waits until nothing is on its way up; false when something did not arrive. */
  settle(): Promise<boolean>;
  /** What arrived, for the message that now goes. */
  take(): SentFile[];
}

/** Where the caret is; null when the field has no focus. */
export type Caret = { start: number; end: number } | null;

/** What a view leaves behind. */
export interface Left {
  text: string;
  caret: Caret;
}

/** A view that stands before the app is there, and makes room for it. */
export interface FirstView {
  readonly kind: 'welcome' | 'shell';
  /** Resolves when nothing is being composed (an input method's word must not be cut in two). */
  calm(): Promise<void>;
  /** Goes away, and says what stood in its field. */
  leave(): Left;
  /** Says that the app could not be fetched; `again` tries once more. */
  fail(again: () => void): void;
}

/** One page's chat, from its first moment. */
export class Stage {
  readonly unsent: Unsent;
  readonly host: HostPage | null;
  /** Absent where the chat is a page of its own. */
  readonly close: (() => void) | undefined;
  mode: WidgetMode;
  open: boolean;
  /** The panel covers the page, and Tab must stay within. */
  modal = false;
  /** Once the app is there, which offers to take some. */
  attached: Attached | null = null;
  /** Hears what the host's page says; the app puts itself behind the first view's. */
  readonly #listeners: ((message: ToFrame) => void)[] = [];
  /** What the host's page said before the app came. */
  readonly #early: ToFrame[] = [];
  #appListens = false;
  #submit: ((submission: Submission) => void) | null = null;
  readonly #waiting: Submission[] = [];

  constructor(
    readonly config: ChatConfig,
    readonly words: Words,
    readonly memory: Memory,
  ) {
    this.unsent = new Unsent(memory);
    this.mode = config.mode;
    this.open = !config.embedded;
    this.host = config.embedded ? new HostPage((message) => this.#hear(message)) : null;
    const host = this.host;
    this.close = host ? () => host.tell({ type: 'close' }) : undefined;
  }

  /** Hears every message from now on; with `all`, those that came before, too. */
  listen(heard: (message: ToFrame) => void, all = false): void {
    this.#listeners.push(heard);
    if (!all) return;
    this.#appListens = true;
    this.#early.splice(0).forEach(heard);
  }

  /** Keeps what stands in the field, and before it what no outbox has yet. */
  typed(text: string): void {
    const waiting = this.#waiting.map(({ content }) => content);
    this.unsent.text = [...waiting, text].filter(Boolean).join('\n');
  }

  /** Sends, as soon as the app can. */
  submit(submission: Submission): void {
    if (this.#submit) this.#submit(submission);
    else this.#waiting.push(submission);
    this.typed('');
  }

  /** The app did not come: what was sent is unsent again, before what was typed since. */
  takeBack(): string {
    this.#waiting.length = 0;
    return this.unsent.text;
  }

  /** The app is there. */
  takeSubmissions(submit: (submission: Submission) => void): void {
    this.#submit = submit;
    this.#waiting.splice(0).forEach(submit);
  }

  #hear(message: ToFrame): void {
    if (message.type === 'mode') this.mode = message.mode;
    if (message.type === 'open' || message.type === 'close') this.open = message.type === 'open';
    if (message.type === 'open') this.modal = message.modal;
    // Opening and mode are kept above; the rest is the app's.
    else if (!this.#appListens) this.#early.push(message);
    for (const listener of this.#listeners) listener(message);
  }
}
