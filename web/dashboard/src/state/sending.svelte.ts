// The messages that a member has written and the server has not acknowledged yet, per conversation.
// Not the rules of sending: the outbox shared with the widget has them.
import type { Attachment, Message } from '../../../api/types';
import {
  localOutboxStore,
  Outbox,
  postJson,
  type Outcome,
  type Pending,
} from '../../../realtime/outbox';

/** A file that the server has already, and that goes with an unsent message. */
export interface LetterFile {
  /** The server's name for what was uploaded. */
  blob_id: string;
  file_type: Attachment['file_type'];
  file_name: string;
  content_type: string;
  /** Bytes. */
  file_size: number;
  width: number | null;
  height: number | null;
}

/** What is kept of an unsent message. `conversation` is its number in the account. */
export interface Letter {
  account: number;
  conversation: number;
  content: string;
  private: boolean;
  /** Absent without files, and in letters that an older page left. */
  files?: readonly LetterFile[];
}

/** An unsent message as a thread shows it. */
export type PendingLetter = Pending<Letter>;

interface SendingOptions {
  account: number;
  /** Whose messages: another member in the same browser must not send them. */
  user: number;
  onAccepted(message: Message): void;
  onSignedOut(): void;
}

/** One account's unsent messages. */
export class Sending {
  readonly #account: number;
  readonly #outbox: Outbox<Letter, Message>;
  #pending: readonly PendingLetter[] = $state.raw([]);

  constructor({ account, user, onAccepted, onSignedOut }: SendingOptions) {
    this.#account = account;
    this.#outbox = new Outbox<Letter, Message>({
      store: localOutboxStore(`frontdesk:outbox:${user}:${account}`, isLetter),
      send: async (item, signal) => {
        const outcome = await postLetter(item.body, item.echoId, signal);
        if (outcome.kind !== 'refused' || outcome.status !== 401) return outcome;
        // The message is good, the session is not: it waits in storage for the next log-in.
        onSignedOut();
        return { kind: 'later' };
      },
      onAccepted: (_item, message) => onAccepted(message),
      onChange: (pending) => (this.#pending = pending),
    });
    this.#pending = this.#outbox.pending();
  }

  /** Unsent messages of one conversation, in the order they were written. */
  in(conversation: number): PendingLetter[] {
    return this.#pending.filter((item) => item.body.conversation === conversation);
  }

  /** Queues a message. False when too many wait already: the text must stay where it was written. */
  add(
    conversation: number,
    content: string,
    isPrivate: boolean,
    files: readonly LetterFile[] = [],
  ): boolean {
    const letter = {
      account: this.#account,
      conversation,
      content,
      private: isPrivate,
      ...(files.length > 0 && { files }),
    };
    return this.#outbox.add(`${this.#account}/${conversation}`, letter) !== null;
  }

  retry(echoId: string): void {
    this.#outbox.retry(echoId);
  }

  remove(echoId: string): void {
    this.#outbox.remove(echoId);
  }

  /** The server has the message with this key. */
  settle(echoId: string | null): void {
    this.#outbox.settle(echoId);
  }

  /** The line is back: what waits goes now. */
  wake(): void {
    this.#outbox.wake();
  }

  close(): void {
    this.#outbox.close();
  }
}

function postLetter(
  letter: Letter,
  echoId: string,
  signal: AbortSignal,
): Promise<Outcome<Message>> {
  const url = `/api/v1/accounts/${letter.account}/conversations/${letter.conversation}/messages`;
  const { content, files } = letter;
  const attachments = files && { attachments: files.map((one) => one.blob_id) };
  return postJson(
    url,
    { content, private: letter.private, echo_id: echoId, ...attachments },
    signal,
  );
}

function isLetter(value: unknown): value is Letter {
  if (typeof value !== 'object' || value === null) return false;
  const letter = value as Record<string, unknown>;
  return (
    typeof letter.account === 'number' &&
    typeof letter.conversation === 'number' &&
    typeof letter.content === 'string' &&
    typeof letter.private === 'boolean' &&
    (letter.files === undefined || (Array.isArray(letter.files) && letter.files.every(isFile)))
  );
}

function isFile(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'blob_id' in value && 'file_name' in value;
}
