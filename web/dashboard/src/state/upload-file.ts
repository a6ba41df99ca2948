// Sends one file to the server and tells how far it is. Not which files and when: see uploads.svelte.ts.
import type { LetterFile } from './sending.svelte';

/** What one try came to. */
export type UploadOutcome =
  | { kind: 'done'; file: LetterFile }
  /** Trying again would not help; `reason` is the server's sentence. */
  | { kind: 'refused'; status: number; reason: string }
  /** No answer, or one that may change by itself. */
  | { kind: 'failed' }
  | { kind: 'cancelled' };

export interface UploadTry {
  account: number;
  file: File;
  /** From 0 to 1. */
  onProgress(part: number): void;
  signal: AbortSignal;
}

/** Answers below 500 that may change by themselves: timeout, too early, too many. */
const PASSING = [408, 425, 429];

/** One try. Never rejects for what a network or a server does. An XMLHttpRequest, because fetch does not tell how much has left. */
export function uploadFile({
  account,
  file,
  onProgress,
  signal,
}: UploadTry): Promise<UploadOutcome> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/accounts/${account}/upload`);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(outcomeOf(request.status, request.response));
    request.onerror = () => resolve({ kind: 'failed' });
    request.onabort = () => resolve({ kind: 'cancelled' });
    const body = new FormData();
    body.append('attachment', file, file.name);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    if (signal.aborted) resolve({ kind: 'cancelled' });
    else request.send(body);
  });
}

function outcomeOf(status: number, answer: unknown): UploadOutcome {
  if (status >= 200 && status < 300) {
    return isFile(answer) ? { kind: 'done', file: answer } : { kind: 'failed' };
  }
  if (status === 0 || status >= 500 || PASSING.includes(status)) return { kind: 'failed' };
  const body = answer as { error?: unknown; message?: unknown } | null;
  const reason = [body?.message, body?.error].find((one) => typeof one === 'string') ?? '';
  return { kind: 'refused', status, reason };
}

function isFile(answer: unknown): answer is LetterFile {
  return typeof answer === 'object' && answer !== null && 'blob_id' in answer;
}
