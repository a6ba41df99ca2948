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
    body: { key: string; echo_id: string; content: string; name?: string },
    signal: AbortSignal,
  ): Promise<Outcome<SentAnswer>> {
    return postJson(`${this.#base}/conversations`, body, signal, this.#headers());
  }

  send(
    conversationId: string,
    body: { echo_id: string; content: string },
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
