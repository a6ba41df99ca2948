// Files on their way up: each with its progress, to be cancelled or tried again. Not the message that carries them (the outbox).
import type { VisitorApi } from '../chat/api';
import type { SentFile } from '../chat/timeline';
import type { Words } from '../words';
import { problemOf } from './sizes';

/** One chosen file. */
export class Upload {
  /** 0 to 100. */
  percent = $state.raw(0);
  status = $state.raw<'going' | 'done' | 'failed'>('going');
  /** Why it failed. */
  reason = $state.raw('');
  sent: SentFile | null = null;
  request: XMLHttpRequest | null = null;
  /** A blob: address, of pictures. */
  readonly preview: string | null;

  constructor(readonly file: File) {
    const isPicture = /^image\/(png|jpeg|gif|webp|avif)$/.test(file.type);
    this.preview = isPicture ? URL.createObjectURL(file) : null;
  }
}

/** The files of the message that is being written. */
export class Uploads {
  items = $state.raw<Upload[]>([]);
  /** Why files were not taken. */
  problems = $state.raw<string[]>([]);
  readonly #api: VisitorApi;
  readonly #words: Words;
  #settled: (() => void)[] = [];

  constructor(api: VisitorApi, words: Words) {
    this.#api = api;
    this.#words = words;
  }

  /** What is at the server. */
  get done(): SentFile[] {
    return this.items.flatMap(({ status, sent }) => (status === 'done' && sent ? [sent] : []));
  }

  get busy(): boolean {
    return this.items.some(({ status }) => status === 'going');
  }

  add(file: File): void {
    const problem = problemOf(file, this.items.length, this.#words);
    if (problem !== null) {
      this.problems = [...new Set([...this.problems, problem])];
      return;
    }
    this.problems = [];
    const upload = new Upload(file);
    this.items = [...this.items, upload];
    this.start(upload);
  }

  /** Also for another try. `fetch` cannot tell how far an upload has come. */
  start(upload: Upload): void {
    const { url, headers } = this.#api.upload;
    const request = new XMLHttpRequest();
    upload.request = request;
    upload.status = 'going';
    upload.percent = 0;
    request.open('POST', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => {
      upload.percent = Math.round((100 * loaded) / Math.max(total, 1));
    };
    request.onload = () => this.#answered(upload, request);
    request.onerror = () => this.#failed(upload, '');
    const form = new FormData();
    form.append('attachment', upload.file, upload.file.name);
    request.send(form);
  }

  remove(upload: Upload): void {
    upload.request?.abort();
    if (upload.preview) URL.revokeObjectURL(upload.preview);
    this.items = this.items.filter((it) => it !== upload);
    this.#look();
  }

  clear(): void {
    for (const upload of this.items) this.remove(upload);
    this.problems = [];
  }

  /** Waits until nothing is on its way; true when everything is at the server. */
  async settle(): Promise<boolean> {
    if (this.busy) await new Promise<void>((resolve) => this.#settled.push(resolve));
    return this.items.every(({ status }) => status === 'done');
  }

  #answered(upload: Upload, request: XMLHttpRequest): void {
    const body = parse(request.responseText);
    if (request.status === 200 && typeof body?.blob_id === 'string') {
      const { name, size } = upload.file;
      upload.sent = { blob_id: body.blob_id, file_name: name, file_size: size };
      upload.percent = 100;
      upload.status = 'done';
      this.items = [...this.items];
      this.#look();
    } else this.#failed(upload, String(body?.message ?? body?.error ?? ''));
  }

  #failed(upload: Upload, reason: string): void {
    upload.reason = reason;
    upload.status = 'failed';
    this.#look();
  }

  #look(): void {
    if (!this.busy) this.#settled.splice(0).forEach((resolve) => resolve());
  }
}

function parse(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown> | null;
  } catch {
    // A proxy's page, for example.
    return null;
  }
}
