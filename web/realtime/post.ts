// Sends one JSON request and says what its answer means for an outbox: accepted, refused for good, or later.
// Not a retry: the outbox decides when to try again.

/** What one try came to. */
export type Outcome<Answer> =
  | { kind: 'accepted'; answer: Answer }
  /** Trying again would not help; `reason` is the server's sentence. */
  | { kind: 'refused'; status: number; reason: string }
  /** No answer, or one that may change by itself. `afterMs` is the server's wish (Retry-After). */
  | { kind: 'later'; afterMs?: number };

/** The longest Retry-After that is believed, in milliseconds: a wrong clock must not silence a chat. */
const RETRY_AFTER_MAX_MS = 60_000;

/** Answers below 500 that may change by themselves: timeout, too early, too many. */
const PASSING = [408, 425, 429];

/** POSTs `body`; never throws for what a network or a server does. */
export async function postJson<Answer>(
  url: string,
  body: unknown,
  signal: AbortSignal,
  headers: Record<string, string> = {},
): Promise<Outcome<Answer>> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal,
    });
    return await outcomeOf<Answer>(response);
  } catch {
    // The network, the time limit, or half an answer: it may have arrived, and its key makes a repeat harmless.
    return { kind: 'later' };
  }
}

/** What an answer means. Rejects when the body breaks off. */
export async function outcomeOf<Answer>(response: Response): Promise<Outcome<Answer>> {
  if (response.ok) return { kind: 'accepted', answer: (await response.json()) as Answer };
  if (response.status >= 500 || PASSING.includes(response.status)) {
    const afterMs = retryAfterMs(response.headers.get('retry-after'));
    return afterMs === null ? { kind: 'later' } : { kind: 'later', afterMs };
  }
  const reason = sentenceOf(await response.text()) ?? `The server answered ${response.status}.`;
  return { kind: 'refused', status: response.status, reason };
}

/** Seconds form only: our server sends no dates. */
function retryAfterMs(header: string | null): number | null {
  if (header === null || !/^\d+$/.test(header)) return null;
  return Math.min(Number(header) * 1000, RETRY_AFTER_MAX_MS);
}

/** `message` says more than `error` where a validation failed. */
function sentenceOf(text: string): string | null {
  try {
    const body = JSON.parse(text) as { error?: unknown; message?: unknown } | null;
    if (typeof body?.message === 'string') return body.message;
    return typeof body?.error === 'string' ? body.error : null;
  } catch {
    // A proxy's page, for example.
    return null;
  }
}
