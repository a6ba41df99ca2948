// Members and visitors without a browser: what they do over REST. One try each; who must not lose a message repeats it.
import { randomBytes, randomUUID } from 'node:crypto';

/** A try without an answer is given up after this long. */
const TRY_MS = 10_000;

/** An answer that is not a success. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, body: string) {
    super(`${status} ${body}`);
    this.status = status;
  }
}

async function call<Answer>(
  url: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(TRY_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new Refused(response.status, text);
  return JSON.parse(text) as Answer;
}

/** A message as members read it. */
export interface MemberMessage {
  id: number;
  position: number;
  /** 0 incoming, 1 outgoing, 2 activity. */
  message_type: number;
  content: string;
  private: boolean;
  echo_id: string | null;
}

/** A message as visitors read it. */
export interface VisitorMessage {
  number: number;
  from: 'me' | 'agent' | 'contact' | 'event';
  content: string;
  echo_id: string | null;
}

/** One member with an API token, in one account. */
export class MemberCalls {
  readonly #base: string;
  readonly #headers: Record<string, string>;

  constructor(serverUrl: string, accountId: number, apiToken: string) {
    this.#base = `${serverUrl}/api/v1/accounts/${accountId}`;
    this.#headers = { api_access_token: apiToken };
  }

  /** All conversations, newest activity first, 25 at most. */
  async conversations(): Promise<{ id: number; uuid: string }[]> {
    const query = 'assignee_type=all&status=all';
    type Page = { data: { payload: { id: number; uuid: string }[] } };
    const page = await call<Page>(`${this.#base}/conversations?${query}`, this.#headers);
    return page.data.payload;
  }

  say(
    conversation: number,
    content: string,
    { echoId = String(randomUUID()), isPrivate = false } = {},
  ): Promise<MemberMessage> {
    const body = { content, private: isPrivate, echo_id: echoId };
    return call(`${this.#base}/conversations/${conversation}/messages`, this.#headers, body);
  }

  async markRead(conversation: number): Promise<void> {
    const url = `${this.#base}/conversations/${conversation}/update_last_seen`;
    await call(url, this.#headers, {});
  }

  /** With what a website signs who its visitors are. */
  async identitySecret(inbox: number): Promise<string> {
    const url = `${this.#base}/inboxes/${inbox}`;
    return (await call<{ hmac_token: string }>(url, this.#headers)).hmac_token;
  }

  async resolve(conversation: number): Promise<void> {
    const url = `${this.#base}/conversations/${conversation}/toggle_status`;
    await call(url, this.#headers, { status: 'resolved' });
  }

  /** Whatever has no call of its own here. */
  async post(path: string, body: unknown): Promise<void> {
    await call(`${this.#base}${path}`, this.#headers, body);
  }

  /** The messages of a conversation that are younger than `after`, oldest first, however many pages that takes. */
  async messages(conversation: number, after = 0): Promise<MemberMessage[]> {
    const url = `${this.#base}/conversations/${conversation}/messages`;
    let all: MemberMessage[] = [];
    for (;;) {
      const older = all[0] ? `?before=${all[0].id}` : '';
      const page = await call<{ payload: MemberMessage[] }>(url + older, this.#headers);
      const younger = page.payload.filter(({ id }) => id > after);
      all = [...younger, ...all];
      if (younger.length === 0 || younger.length < page.payload.length) return all;
    }
  }
}

/** What a visitor's page begins with. */
interface VisitorSession {
  conversation: { id: string } | null;
  messages: VisitorMessage[];
  more: boolean;
}

/** One visitor, who makes the secret of their browser here. */
export class VisitorCalls {
  readonly #base: string;
  readonly #headers: Record<string, string>;
  /** uuid of the conversation, once it has begun. */
  conversation: string | null = null;

  constructor(serverUrl: string, websiteToken: string) {
    this.#base = `${serverUrl}/widget/v1/${websiteToken}`;
    this.#headers = { authorization: `Bearer ${randomBytes(32).toString('base64url')}` };
  }

  session(): Promise<VisitorSession> {
    return call(`${this.#base}/session`, this.#headers);
  }

  async begin(content: string, { name, echoId }: { name: string; echoId: string }): Promise<void> {
    const body = { key: 'first', echo_id: echoId, content, name };
    type Begun = { conversation: { id: string } };
    const begun = await call<Begun>(`${this.#base}/conversations`, this.#headers, body);
    this.conversation = begun.conversation.id;
  }

  async say(content: string, echoId = String(randomUUID())): Promise<VisitorMessage> {
    const url = `${this.#base}/conversations/${this.conversation}/messages`;
    const sent = await call<{ message: VisitorMessage }>(url, this.#headers, {
      content,
      echo_id: echoId,
    });
    return sent.message;
  }

  /** The messages of the conversation with numbers above `after`, oldest first, however many pages that takes. */
  async messages(after = 0): Promise<VisitorMessage[]> {
    let { messages, more } = await this.session();
    while (more && (messages[0]?.number ?? 0) > after + 1) {
      const url = `${this.#base}/conversations/${this.conversation}/messages?before=${messages[0]?.number}`;
      const page = await call<{ messages: VisitorMessage[]; more: boolean }>(url, this.#headers);
      messages = [...page.messages, ...messages];
      more = page.more;
    }
    return messages.filter(({ number }) => number > after);
  }
}
