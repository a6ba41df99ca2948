// The calls of the setup page, typed. Not state: what a failure means to people is in problem.ts.
import { ApiError, NetworkError, REQUEST_TIMEOUT_MS } from '../../../api/client';
import type { components } from '../../../api/schema';
import type { Session } from '../../../api/types';

type Schemas = components['schemas'];

export type SetupState = Schemas['SetupStateView'];
export type SetUpForm = Schemas['SetUp'];

/** A field that the server refused. */
export class FieldError extends ApiError {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(422, message, null);
  }
}

/** The inbox whose snippet is shown, and where it was seen; the latter is absent while the server cannot tell. */
export type SetupInbox = Schemas['InboxView'] & {
  seen_at?: number | null;
  seen_host?: string | null;
};

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(`/api${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    text = await response.text();
  } catch (cause) {
    throw new NetworkError('no answer', { cause });
  }
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    if (response.ok) throw new NetworkError('the answer could not be read', { cause });
  }
  if (response.ok) return answer as T;
  const { error, message, attributes } = (answer ?? {}) as Partial<Schemas['ErrorView']>;
  const field = attributes?.[0];
  if (response.status === 422 && field) throw new FieldError(field, message ?? '');
  const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  throw new ApiError(
    response.status,
    message ?? error ?? '',
    Number.isNaN(seconds) ? null : seconds,
  );
}

export const setup = {
  read: () => call<SetupState>('GET', '/setup'),
  finish: (form: SetUpForm) => call<Session>('POST', '/setup', form),
  /** Whether this is the code: the server looks at it before it misses everything else. */
  async isCode(code: string): Promise<boolean> {
    try {
      await call<Session>('POST', '/setup', { code });
      return true;
    } catch (error) {
      if (error instanceof FieldError) return error.field !== 'code';
      throw error;
    }
  },
};

/** The account's first inbox; null when there is none. */
export async function firstInbox(account: number): Promise<SetupInbox | null> {
  const answer = await call<{ payload: SetupInbox[] }>('GET', `/v1/accounts/${account}/inboxes`);
  return answer.payload[0] ?? null;
}

/** How many conversations wait. */
export async function openConversations(account: number): Promise<number> {
  const query = 'status=open&assignee_type=all&page=1';
  const answer = await call<{ data: { meta: { all_count: number } } }>(
    'GET',
    `/v1/accounts/${account}/conversations?${query}`,
  );
  return answer.data.meta.all_count;
}
