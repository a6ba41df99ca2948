// The icon of each list, the same in navigation and tab bar. Not other icons.
import Check from '@lucide/svelte/icons/circle-check';
import Inbox from '@lucide/svelte/icons/inbox';
import Layers from '@lucide/svelte/icons/layers-2';
import Person from '@lucide/svelte/icons/user-round';
import type { FixedView } from '../state/views';

export const viewIcon: Record<FixedView, typeof Inbox> = {
  mine: Person,
  unassigned: Inbox,
  open: Layers,
  resolved: Check,
};
