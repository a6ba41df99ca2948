// The members' REST calls that the dashboard makes, typed. Not state, and no retries: callers decide what a failure means.
import type {
  Conversation,
  Counts,
  ConversationPage,
  Message,
  MessagePage,
  Session,
  Status,
} from './types';

/** After this long without an answer a call counts as failed by the network. */
export const REQUEST_TIMEOUT_MS = 10_000;

/** The server answered, and the answer was no. `status` is the HTTP status. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly status: number,
    message: string,
    /** What Retry-After asked for, in seconds; null without it. */
    readonly retryAfterSeconds: number | null,
  ) {
    super(message);
  }
}

/** No answer came: offline, cut off, refused, or too late. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}

/** Called once per answer 401, before the call fails with it. */
export type OnSignedOut = () => void;

let onSignedOut: OnSignedOut = () => {};

/** Names what to do when any call finds the session over. */
export function whenSignedOut(run: OnSignedOut): void {
  onSignedOut = run;
}

async function call<T>(
  method: string,
  path: string,
  body?: unknown,
  cancelled?: AbortSignal,
): Promise<T> {
  const inTime = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      // A form says its own type, with the boundary that the browser chose.
      headers:
        body === undefined || body instanceof FormData
          ? {}
          : { 'content-type': 'application/json' },
      body: body === undefined ? null : body instanceof FormData ? body : JSON.stringify(body),
      signal: cancelled ? AbortSignal.any([inTime, cancelled]) : inTime,
      // What was decided is done even when the page is left right after. Bodies that outlive a page may not be large.
      keepalive: method === 'DELETE' && body === undefined,
    });
  } catch (cause) {
    throw new NetworkError('no answer', { cause });
  }
  if (!response.ok) throw await refusal(response);
  try {
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  } catch (cause) {
    // Broken off, or the page of a hotel's network in place of our server.
    throw new NetworkError('the answer could not be read', { cause });
  }
}

async function refusal(response: Response): Promise<ApiError> {
  // A proxy in between answers in HTML; its text is for nobody.
  const body = (await response.json().catch(() => null)) as {
    error?: string;
    message?: string;
  } | null;
  const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  const message = body?.message ?? body?.error ?? '';
  return new ApiError(response.status, message, Number.isNaN(seconds) ? null : seconds);
}

/** A call to `/api/v1` whose 401 ends the session in the whole dashboard. Throws ApiError or NetworkError. */
export async function signedIn<T>(
  method: string,
  path: string,
  body?: unknown,
  cancelled?: AbortSignal,
): Promise<T> {
  try {
    return await call<T>(method, path, body, cancelled);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) onSignedOut();
    throw error;
  }
}

export const session = {
  read: () => call<Session>('GET', '/session'),
  begin: (email: string, password: string) =>
    call<Session>('POST', '/session', { email, password }),
  end: () => call<void>('DELETE', '/session'),
};

/** Which conversations a list asks for, CONVERSATIONS_PER_PAGE at a time. */
export interface ListQuery {
  assignee: 'me' | 'unassigned' | 'all';
  status: Status | 'all';
  /** Only those of one inbox. */
  inbox: number | null;
  /** Only those with any of these labels; all when empty. */
  labels: readonly string[];
  /** Only those with something that this member has not read. */
  unread: boolean;
  /** By last activity; or longest waiting first, and after them by last activity those that wait for nothing. */
  sort: 'newest' | 'oldest' | 'waiting';
  /**
   * The row that the page follows; null for the first page. Its number, and its last activity in seconds: by `waiting` since
   * when it waits, and its last activity below zero where it does not.
   */
  after: { seconds: number; id: number } | null;
}

/** The server's page size of conversation lists. */
export const CONVERSATIONS_PER_PAGE = 25;
/** The server's page size of messages, going back. */
export const MESSAGES_PER_PAGE = 20;

const SORT_BY = {
  newest: 'last_activity_at_desc',
  oldest: 'last_activity_at_asc',
  waiting: 'waiting_since_asc',
};

function searchOf(query: ListQuery): string {
  const { assignee, status, inbox, labels, unread, sort, after } = query;
  const search = new URLSearchParams({ assignee_type: assignee, status });
  if (inbox !== null) search.set('inbox_id', String(inbox));
  for (const label of labels) search.append('labels[]', label);
  if (unread) search.set('unread', 'true');
  if (sort !== 'newest') search.set('sort_by', SORT_BY[sort]);
  if (after) search.set('before', `${after.seconds}.${after.id}`);
  return search.toString();
}

/** The calls about one account's conversations. */
export function conversationsOf(account: number) {
  const base = `/accounts/${account}/conversations`;
  return {
    list: (query: ListQuery) => signedIn<ConversationPage>('GET', `${base}?${searchOf(query)}`),
    /** How many open conversations an inbox or a label has. */
    count: async (of: { inbox: number } | { label: string }) => {
      const search = new URLSearchParams();
      if ('inbox' in of) search.set('inbox_id', String(of.inbox));
      else search.set('labels[]', of.label);
      return (await signedIn<{ meta: Counts }>('GET', `${base}/meta?${search}`)).meta.all_count;
    },
    read: (id: number) => signedIn<Conversation>('GET', `${base}/${id}`),
    join: (id: number) => signedIn<Conversation>('POST', `${base}/${id}/join`),
    setStatus: (id: number, status: 'open' | 'resolved') =>
      signedIn<unknown>('POST', `${base}/${id}/toggle_status`, { status }),
    /** Read up to and including the contacts' `incoming`th message. */
    markRead: (id: number, incoming: number) =>
      signedIn<Conversation>('POST', `${base}/${id}/update_last_seen`, {
        incoming_count: incoming,
      }),
    /** The newest page, or the page before the message `before`; oldest first. */
    messages: (id: number, before: number | null) =>
      signedIn<MessagePage>(
        'GET',
        `${base}/${id}/messages${before === null ? '' : `?before=${before}`}`,
      ),
    /** The page after the message `after`; oldest first. */
    messagesAfter: (id: number, after: number) =>
      signedIn<MessagePage>('GET', `${base}/${id}/messages?after=${after}`),
    send: (id: number, message: { content: string; private: boolean; echo_id: string }) =>
      signedIn<Message>('POST', `${base}/${id}/messages`, message),
    /** Deletes text and files of a message for everybody. */
    deleteMessage: (id: number, message: number) =>
      signedIn<void>('DELETE', `${base}/${id}/messages/${message}`),
  };
}

/** The calls about one account's conversations. */
export type Conversations = ReturnType<typeof conversationsOf>;
