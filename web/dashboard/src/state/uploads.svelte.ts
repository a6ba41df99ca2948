// The files of one message that is being written: on their way, there, or refused. Not the message: see composition.
import { randomId } from '../../../realtime/random-id';
import type { LetterFile } from './sending.svelte';
import { uploadFile, type UploadOutcome, type UploadTry } from './upload-file';

/** The server's limits (BEHAVIOUR 7.5), told before anything travels. */
export const FILE_BYTES_MAX = 25 * 1024 * 1024;
export const FILES_MAX = 10;
/** So many travel at once; the others wait. */
const AT_ONCE_MAX = 3;

/** `waiting` for its turn or for the line. */
export type UploadStatus = 'waiting' | 'uploading' | 'done' | 'failed' | 'refused';

/** A file that arrived, and when: what no message takes is thrown away a day later. */
export interface KeptFile extends LetterFile {
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** One file: of this device, or one that arrived before this page was opened. */
export class Upload {
  readonly key = randomId();
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Null when it came with a draft: there is nothing left to send. */
  readonly file: File | null;
  status: UploadStatus = $state('waiting');
  /** From 0 to 1. */
  progress = $state(0);
  /** Why it was refused, in the server's words. */
  reason = $state('');
  /** What the server calls it. */
  sent: KeptFile | null = $state.raw(null);
  /** Address of a small picture of an image, in this page only. */
  readonly preview: string | null;
  stop: AbortController | null = null;

  constructor(of: File | KeptFile) {
    const isKept = 'blob_id' in of;
    this.file = isKept ? null : of;
    [this.name, this.size] = isKept ? [of.file_name, of.file_size] : [of.name, of.size];
    if (isKept) [this.status, this.sent] = ['done', of];
    this.preview = isKept ? null : previewOf(of);
  }

  forget(): void {
    this.stop?.abort();
    if (this.preview) URL.revokeObjectURL(this.preview);
  }
}

function previewOf(file: File): string | null {
  return /^image\/(png|jpeg|gif|webp|avif)$/.test(file.type) ? URL.createObjectURL(file) : null;
}

/** Why files were not taken. */
export type Untaken =
  { kind: 'large'; names: string[] } | { kind: 'many' } | { kind: 'empty'; names: string[] };

interface UploadsOptions {
  account: number;
  onSignedOut(): void;
  /** Something was finished. */
  onChange(): void;
  send?: (request: UploadTry) => Promise<UploadOutcome>;
}

/** The files of one message, in the order they were chosen. */
export class Uploads {
  list: readonly Upload[] = $state.raw([]);
  readonly #options: UploadsOptions;

  constructor(options: UploadsOptions, kept: readonly KeptFile[] = []) {
    this.#options = options;
    this.list = kept.map((one) => new Upload(one));
  }

  /** Whether something still travels, or waits to. */
  get isBusy(): boolean {
    return this.list.some((one) => one.status === 'waiting' || one.status === 'uploading');
  }

  /** Whether something did not arrive, and will not without its writer. */
  get hasFailed(): boolean {
    return this.list.some((one) => one.status === 'failed' || one.status === 'refused');
  }

  /** Takes what fits and begins to send it; the rest is named. */
  add(files: readonly File[]): Untaken[] {
    const large = files.filter((one) => one.size > FILE_BYTES_MAX);
    const empty = files.filter((one) => one.size === 0);
    const fit = files.filter((one) => !large.includes(one) && !empty.includes(one));
    const taken = fit.slice(0, Math.max(0, FILES_MAX - this.list.length));
    this.list = [...this.list, ...taken.map((file) => new Upload(file))];
    this.#next();
    const untaken: Untaken[] = [];
    if (large.length > 0) untaken.push({ kind: 'large', names: large.map((one) => one.name) });
    if (empty.length > 0) untaken.push({ kind: 'empty', names: empty.map((one) => one.name) });
    if (taken.length < fit.length) untaken.push({ kind: 'many' });
    return untaken;
  }

  remove(key: string): void {
    this.list.find((one) => one.key === key)?.forget();
    this.list = this.list.filter((one) => one.key !== key);
    this.#next();
    this.#options.onChange();
  }

  /** Tries one that failed again. */
  retry(key: string): void {
    const found = this.list.find((one) => one.key === key);
    if (found?.status !== 'failed') return;
    found.status = 'waiting';
    this.#next();
  }

  /** The line is back: all that failed for want of it are tried again. */
  wake(): void {
    for (const one of this.list) if (one.status === 'failed') one.status = 'waiting';
    this.#next();
  }

  clear(): void {
    for (const one of this.list) one.forget();
    this.list = [];
  }

  #next(): void {
    const travelling = this.list.filter((one) => one.status === 'uploading').length;
    const waiting = this.list.filter((one) => one.status === 'waiting');
    for (const one of waiting.slice(0, AT_ONCE_MAX - travelling)) void this.#send(one);
  }

  async #send(one: Upload): Promise<void> {
    if (!one.file) return;
    one.stop = new AbortController();
    [one.status, one.progress] = ['uploading', 0];
    const outcome = await (this.#options.send ?? uploadFile)({
      account: this.#options.account,
      file: one.file,
      onProgress: (part) => (one.progress = part),
      signal: one.stop.signal,
    });
    if (outcome.kind === 'done')
      [one.status, one.sent] = ['done', { ...outcome.file, at: Date.now() }];
    else if (outcome.kind === 'refused' && outcome.status === 401) {
      // The file is good, the session is not.
      one.status = 'failed';
      this.#options.onSignedOut();
    } else if (outcome.kind === 'refused') [one.status, one.reason] = ['refused', outcome.reason];
    else if (outcome.kind === 'failed') one.status = 'failed';
    this.#next();
    this.#options.onChange();
  }
}
