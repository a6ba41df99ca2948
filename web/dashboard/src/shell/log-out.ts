// Logs out, and says so when that did not work. Not the session: see state/session.svelte.ts.
import { session } from '../state/session.svelte';
import { toasts } from '../ui/toasts.svelte';
import { words } from '../words';

export async function logOut(): Promise<void> {
  try {
    await session.end();
  } catch {
    toasts.show(words.nav.logOutFailed);
  }
}
