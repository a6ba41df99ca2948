// The visitors' REST calls. Not retries (outbox, loader) and not state.
import { postJson, type Outcome } from '../../../realtime/post';
import type { VisitorConversation, VisitorMessage } from '../../../realtime/wire';
import type { Session } from './state';
import type { Visitor } from './visitor';

/** A GET without an answer is given up after this long. */
const GET_MS = 10_000;

/** What the server says to a message. */
export interface SentAnswer {
  conversation: VisitorConversation;
  message: VisitorMessage;
}

/** What every new message carries. */
interface NewMessage {
  echo_id: string;
  content: string;
  /** Ids that uploads were answered with. */
  attachments?: string[];
}

/** The website is not known (any more): trying again is useless. */
export class Gone extends Error {}

/** Calls of one visitor on one website. */
export class VisitorApi {
  readonly #base: string;
  readonly #visitor: Visitor;

  constructor(websiteToken: string, visitor: Visitor) {
    this.#base = `/widget/v1/${encodeURIComponent(websiteToken)}`;
    this.#visitor = visitor;
  }

  /** Rejects with `Gone`, or with anything else when it is worth trying again. */
  session(): Promise<Session> {
    return this.#get<Session>('/session');
  }

  /** Up to 50 messages before `number`, oldest first. */
  older(conversationId: string, number: number) {
    const path = `/conversations/${conversationId}/messages?before=${number}`;
    return this.#get<{ messages: VisitorMessage[]; more: boolean }>(path);
  }

  start(
    body: NewMessage & { key: string; name?: string; email?: string; page_url?: string },
    signal: AbortSignal,
  ): Promise<Outcome<SentAnswer>> {
    return postJson(`${this.#base}/conversations`, body, signal, this.#headers());
  }

  send(
    conversationId: string,
    body: NewMessage,
    signal: AbortSignal,
  ): Promise<Outcome<SentAnswer>> {
    const url = `${this.#base}/conversations/${conversationId}/messages`;
    return postJson(url, body, signal, this.#headers());
  }

  /** True when the server knows that everything up to `number` was read. */
  async seen(conversationId: string, number: number): Promise<boolean> {
    const url = `${this.#base}/conversations/${conversationId}/seen`;
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.#headers() },
      body: JSON.stringify({ number }),
    }).catch(() => null);
    return answer?.ok === true;
  }

  /** Says who the visitor is, as the website knows them. Rejects with the server's sentence. */
  async identify(person: Record<string, unknown>): Promise<void> {
    const url = `${this.#base}/identify`;
    const signal = AbortSignal.timeout(GET_MS);
    const outcome = await postJson<unknown>(url, person, signal, this.#headers());
    if (outcome.kind === 'refused') throw new Error(outcome.reason);
    if (outcome.kind === 'later') throw new Error('The server cannot be reached right now.');
  }

  /** Where and how a file is uploaded. */
  get upload(): { url: string; headers: Record<string, string> } {
    return { url: `${this.#base}/upload`, headers: this.#headers() };
  }

  /** A file of ours, by its path on the server. Rejects when it cannot be had. */
  async file(path: string): Promise<Blob> {
    const response = await fetch(path, { headers: this.#headers() });
    if (!response.ok) throw new Error(`The server answered ${response.status}.`);
    return response.blob();
  }

  async #get<Answer>(path: string): Promise<Answer> {
    const response = await fetch(this.#base + path, {
      headers: this.#headers(),
      signal: AbortSignal.timeout(GET_MS),
    });
    if (response.status === 404) throw new Gone();
    if (!response.ok) throw new Error(`The server answered ${response.status}.`);
    return (await response.json()) as Answer;
  }

  #headers(): Record<string, string> {
    return { authorization: `Bearer ${this.#visitor.need()}` };
  }
}
