// A conversation as a text to keep, in the visitor's language and zone. Fetches what is not on the screen yet. Not a file of the
// server's: nothing but this visitor's own view goes into it.
import type { VisitorMessage } from '../../../realtime/wire';
import type { VisitorApi } from '../chat/api';
import { linesOf } from '../chat/happened';
import type { Words } from '../words';

/** Pages of 50; longer conversations are cut at their beginning. */
const PAGES_MAX = 200;

/** All messages from the first, as far as the pages reach. */
export async function wholeConversation(
  api: Pick<VisitorApi, 'older'>,
  conversationId: string,
  known: VisitorMessage[],
  more: boolean,
): Promise<VisitorMessage[]> {
  let messages = known;
  for (let page = 0; more && page < PAGES_MAX; page += 1) {
    const first = messages[0];
    if (!first) break;
    const older = await api.older(conversationId, first.number);
    messages = [...older.messages, ...messages];
    more = older.more && older.messages.length > 0;
  }
  return messages;
}

/** The text. `business` heads it. */
export function transcriptOf(messages: VisitorMessage[], business: string, words: Words): string {
  const time = new Intl.DateTimeFormat(words.lang, { dateStyle: 'medium', timeStyle: 'short' });
  const team = messages.flatMap(({ from, name }) => (from === 'agent' && name) || []);
  const lines = messages.flatMap((message) => {
    const when = time.format(message.created_at_ms);
    if (message.from === 'event')
      return linesOf([message.content], team, words).map((line) => `[${when}] ${line}`);
    const who = message.from === 'me' ? words.you : (message.name ?? words.agent);
    const text = message.deleted ? words.deleted : message.content;
    const files = (message.attachments ?? []).map(({ file_name }) => `[${file_name}]`);
    return [`[${when}] ${who}: ${[text, ...files].filter(Boolean).join('\n')}`];
  });
  return `${business}\n\n${lines.join('\n')}\n`;
}
