// What the palette offers for the conversation on show: what its keys do, for who does not know them. Not what it finds.
import Circle from '@lucide/svelte/icons/circle-dot';
import Signal from '@lucide/svelte/icons/signal-high';
import Tag from '@lucide/svelte/icons/tag';
import UserPlus from '@lucide/svelte/icons/user-plus';
import { keys } from '../keys/keys.svelte';
import { SHORTCUTS, type Shortcut } from '../keys/table';
import { changeStatus } from '../thread/changes';
import type { Item, Place } from './items';
import { words } from './words';

const { conversation: BOUND } = SHORTCUTS;
/** Those with the pictures of the conversation's menu; resolving has a name of its own. */
const OTHERS: readonly [Shortcut, Item['icon']][] = [
  [BOUND.assign, UserPlus],
  [BOUND.labels, Tag],
  [BOUND.priority, Signal],
  [BOUND.unread, Circle],
];

/** Nothing without a conversation. */
export function here({ account, conversation }: Place): Item[] {
  const known = conversation === null ? undefined : account.inbox.conversations.get(conversation);
  if (!known) return [];
  const status = known.status === 'resolved' ? 'open' : 'resolved';
  const others = OTHERS.flatMap(([shortcut, icon]): Item[] => {
    const run = keys.bound('conversation', shortcut);
    const way = [shortcut.keys].flat()[0];
    if (!run) return [];
    return [{ key: `here:${way}`, kind: 'here', title: shortcut.label, icon, way, run }];
  });
  return [
    {
      key: 'here:status',
      kind: 'here',
      title: status === 'open' ? words.reopen : words.resolve,
      way: BOUND.resolve.keys,
      run: () => void changeStatus(account, known.id, status),
    },
    ...others,
  ];
}
