// What the palette offers for the conversation on show: what its keys do, for who does not know them. Not what it finds.
import { keys } from '../keys/keys.svelte';
import { SHORTCUTS, type Shortcut } from '../keys/table';
import { changeStatus } from '../thread/changes';
import type { Item, Place } from './items';
import { words } from './words';

/** Those that open something or change it at once; resolving has a name of its own. */
const { assign, labels, priority, unread } = SHORTCUTS.conversation;

/** Nothing without a conversation. */
export function here({ account, conversation }: Place): Item[] {
  const known = conversation === null ? undefined : account.inbox.conversations.get(conversation);
  if (!known) return [];
  const status = known.status === 'resolved' ? 'open' : 'resolved';
  const others = [assign, labels, priority, unread].flatMap((shortcut: Shortcut): Item[] => {
    const run = keys.bound('conversation', shortcut);
    const way = [shortcut.keys].flat()[0];
    if (!run) return [];
    return [{ key: `here:${way}`, kind: 'here', title: shortcut.label, way, run }];
  });
  return [
    {
      key: 'here:status',
      kind: 'here',
      title: status === 'open' ? words.reopen : words.resolve,
      way: SHORTCUTS.conversation.resolve.keys,
      run: () => void changeStatus(account, known.id, status),
    },
    ...others,
  ];
}
