// How one message reaches the server: by beginning the conversation, or in the one that there is. Not when (the outbox decides).
import type { Item, Outcome } from '../../../realtime/outbox';
import type { SentAnswer, VisitorApi } from './api';
import type { Draft } from './timeline';

/** The calls that a delivery needs. */
export type DeliveryApi = Pick<VisitorApi, 'start' | 'send'>;

/**
 * One try.
 *
 * @param conversationId where to write; null when this browser knows of no conversation yet
 * @param page where the visitor is, told with a beginning
 * @param startKey the key under which all tabs of this browser begin
 */
export async function deliver(
  api: DeliveryApi,
  conversationId: string | null,
  startKey: () => string,
  { echoId: echo_id, body }: Item<Draft>,
  signal: AbortSignal,
  page: Record<string, string> = {},
): Promise<Outcome<SentAnswer>> {
  const { content, name, email, files, anew } = body;
  const attachments = files?.map(({ blob_id }) => blob_id);
  const message = { echo_id, content, ...(attachments ? { attachments } : {}) };
  if (conversationId !== null && !anew) return api.send(conversationId, message, signal);
  const who = { ...(name ? { name } : {}), ...(email ? { email } : {}) };
  const begun = await api.start({ key: anew ?? startKey(), ...message, ...who, ...page }, signal);
  if (begun.kind !== 'accepted' || begun.answer.message.echo_id === echo_id) return begun;
  // Another tab's message began it, and is what the server answered with: ours still has to be written.
  return api.send(begun.answer.conversation.id, message, signal);
}
