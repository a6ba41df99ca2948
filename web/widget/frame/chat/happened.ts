// What happened in a conversation, said to its visitor: several at once as one line, and "you" where the visitor did it. Pure.
// The server tells contacts three sentences (core::conversation::Activity::sentence_for_contacts); anything else is shown as it is.
import { firstName } from './names';
import type { Words } from '../words';

type Kind = 'joined' | 'resolved' | 'reopened';

/** Sentences of the server, by what they end with. */
const ENDINGS: [string, Kind][] = [
  [' joined', 'joined'],
  [' resolved the conversation', 'resolved'],
  [' reopened the conversation', 'reopened'],
];

interface Happening {
  kind: Kind | null;
  who: string;
  text: string;
}

function read(text: string): Happening {
  const found = ENDINGS.find(([ending]) => text.endsWith(ending));
  if (!found) return { kind: null, who: '', text };
  return { kind: found[1], who: text.slice(0, -found[0].length), text };
}

/**
 * The lines of events that follow one another: everybody who joined in one line, and of resolving and reopening only what
 * holds in the end.
 *
 * @param team names of members of this conversation; whoever reopens it and is none of them is the visitor
 */
export function linesOf(texts: string[], team: readonly string[], words: Words): string[] {
  const all = texts.map(read);
  const joined = all.filter(({ kind }) => kind === 'joined').map(({ who }) => firstName(who));
  const status = all.findLast(({ kind }) => kind === 'resolved' || kind === 'reopened');
  const lines: string[] = [];
  for (const happening of all) {
    if (happening.kind === null) lines.push(happening.text);
    else if (happening.kind === 'joined') {
      if (happening === all.find(({ kind }) => kind === 'joined'))
        lines.push(words.joined(words.and([...new Set(joined)])));
    } else if (happening === status) lines.push(statusLine(happening, team, words));
  }
  return lines;
}

function statusLine({ kind, who }: Happening, team: readonly string[], words: Words): string {
  if (kind === 'resolved') return words.resolved(firstName(who));
  return team.includes(who) ? words.reopened(firstName(who)) : words.youReopened;
}
