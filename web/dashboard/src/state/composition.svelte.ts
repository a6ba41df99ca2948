// What a member is writing in one conversation: a reply and a note, each with its text and files. Lives as long as the
// account is on show, so that files travel on while another conversation is read. Not the fields: thread/Composer.svelte.
import { keepDraft, MODES, readDraft, type Mode } from './drafts';
import type { LetterFile } from './sending.svelte';
import { Uploads, type KeptFile, type Untaken } from './uploads.svelte';

/** A draft is written down this long after the last key, in milliseconds. */
const KEEP_AFTER_MS = 300;

export interface CompositionOptions {
  account: number;
  user: number;
  conversation: number;
  onSignedOut(): void;
  /** Queues a message; false when too many wait. */
  send(content: string, isNote: boolean, files: readonly LetterFile[]): boolean;
}

export class Composition {
  mode: Mode = $state('reply');
  /** Too many messages wait to be sent: the text stays. */
  isFull = $state(false);
  /** The reply ends with its writer's signature. */
  signs = $state(true);
  /** The mode whose message goes as soon as its files are there. */
  waiting: Mode | null = $state(null);
  /** The conversation's newest position when the present text was begun; null while there is none. */
  begunAt: number | null = $state(null);
  readonly uploads: Record<Mode, Uploads>;
  readonly #options: CompositionOptions;
  readonly #texts: Record<Mode, string> = $state({ reply: '', note: '' });
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(options: CompositionOptions) {
    this.#options = options;
    const { user, account, conversation } = options;
    const { mode, reply, note, files } = readDraft(user, account, conversation);
    this.mode = mode;
    this.#texts = { reply, note };
    const { onSignedOut } = options;
    const uploads = (of: Mode) =>
      new Uploads({ account, onSignedOut, onChange: () => this.#arrived() }, files[of]);
    this.uploads = { reply: uploads('reply'), note: uploads('note') };
  }

  get text(): string {
    return this.#texts[this.mode];
  }

  set text(text: string) {
    this.#texts[this.mode] = text;
    this.isFull = false;
    this.#keepSoon();
  }

  get files(): Uploads {
    return this.uploads[this.mode];
  }

  /** Whether something is written there that was not sent. */
  has(mode: Mode): boolean {
    return this.#texts[mode].trim() !== '' || this.uploads[mode].list.length > 0;
  }

  choose(mode: Mode): void {
    this.mode = mode;
    this.#keepSoon();
  }

  addFiles(files: readonly File[]): Untaken[] {
    return this.files.add(files);
  }

  /** Sends what is written, as soon as its files are there. `signed` is what is sent for the text. False when it stays. */
  send(signed: (text: string) => string = (text) => text): boolean {
    const mode = this.mode;
    if (this.uploads[mode].hasFailed) return false;
    if (this.uploads[mode].isBusy) {
      this.waiting = mode;
      this.#signed = signed;
      return false;
    }
    return this.#send(mode, signed);
  }

  stopWaiting(): void {
    this.waiting = null;
  }

  /** The line is back. */
  wake(): void {
    for (const mode of MODES) this.uploads[mode].wake();
  }

  /** Writes the draft down now. */
  keep(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const { user, account, conversation } = this.#options;
    const files = { reply: this.#sent('reply'), note: this.#sent('note') };
    keepDraft(user, account, conversation, { mode: this.mode, ...this.#texts, files });
  }

  /** Writes down what has not been yet. Nothing else: another tab may have written since. */
  flush(): void {
    if (this.#timer) this.keep();
  }

  close(): void {
    this.flush();
    for (const mode of MODES) this.uploads[mode].clear();
  }

  #signed: (text: string) => string = (text) => text;

  #send(mode: Mode, signed: (text: string) => string): boolean {
    const text = this.#texts[mode].trim();
    const files = this.#sent(mode).map(({ at: _, ...file }) => file);
    const content = text === '' ? '' : signed(text);
    if (content === '' && files.length === 0) return false;
    this.isFull = !this.#options.send(content, mode === 'note', files);
    if (this.isFull) return false;
    this.uploads[mode].clear();
    this.#texts[mode] = '';
    if (mode === 'reply') this.signs = true;
    [this.begunAt, this.waiting] = [null, null];
    this.keep();
    return true;
  }

  /** The files that have arrived. */
  #sent(mode: Mode): KeptFile[] {
    return this.uploads[mode].list.flatMap((one) => one.sent ?? []);
  }

  /** A file arrived, or was taken away. */
  #arrived(): void {
    this.#keepSoon();
    const mode = this.waiting;
    if (mode === null) return;
    const { isBusy, hasFailed } = this.uploads[mode];
    if (hasFailed) this.waiting = null;
    else if (!isBusy) {
      this.waiting = null;
      this.#send(mode, this.#signed);
    }
  }

  #keepSoon(): void {
    this.#timer ??= setTimeout(() => this.keep(), KEEP_AFTER_MS);
  }
}
