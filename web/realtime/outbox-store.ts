// Keeps an outbox in localStorage, one entry per item, so that it survives a reload and tabs see each other's items.
// Not the rules (outbox-machine.ts). One entry per item, because two tabs that rewrite one list would lose each other's.
import type { Item } from './outbox-machine';

/** Where items are kept, and how news of other tabs arrives. */
export interface OutboxStore<Body> {
  load(): Item<Body>[];
  save(item: Item<Body>): void;
  erase(echoId: string): void;
  /** Calls back for what other tabs do; an absent item was erased. Returns how to stop it. */
  watch(changed: (echoId: string, item: Item<Body> | null) => void): () => void;
}

/**
 * Items under `{prefix}:{echoId}`. The prefix must name whose messages they are (a user, a visitor), because
 * people may share a browser. Without usable storage the outbox works, but does not survive the page.
 */
export function localOutboxStore<Body>(
  prefix: string,
  isBody: (value: unknown) => value is Body,
): OutboxStore<Body> {
  const start = `${prefix}:`;
  const read = (text: string | null) => readItem(text, isBody);
  return {
    load: () =>
      withStorage((storage) => {
        const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '');
        const texts = keys
          .filter((key) => key.startsWith(start))
          .map((key) => storage.getItem(key));
        return texts.map(read).filter((item) => item !== null);
      }) ?? [],
    save: (item) => {
      withStorage((storage) => storage.setItem(start + item.echoId, JSON.stringify(item)));
    },
    erase: (echoId) => {
      withStorage((storage) => storage.removeItem(start + echoId));
    },
    watch(changed) {
      const listen = (event: StorageEvent) => {
        if (event.key?.startsWith(start) !== true) return;
        changed(event.key.slice(start.length), read(event.newValue));
      };
      window.addEventListener('storage', listen);
      return () => window.removeEventListener('storage', listen);
    },
  };
}

/**
 * Runs `use` unless the browser refuses: third-party storage may be blocked, or the quota used up. The item then
 * lives in memory only, which is all that can be done about it.
 */
function withStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(window.localStorage);
  } catch {
    return undefined;
  }
}

/** What stands in storage may come from an older version, or from somebody's hands. */
function readItem<Body>(
  text: string | null,
  isBody: (value: unknown) => value is Body,
): Item<Body> | null {
  if (text === null) return null;
  let value: Partial<Item<unknown>> | null;
  try {
    value = JSON.parse(text) as Partial<Item<unknown>> | null;
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { echoId, lane, body, order, status, reason = null, claim = null } = value;
  if (typeof echoId !== 'string' || typeof lane !== 'string' || typeof order !== 'number')
    return null;
  if ((status !== 'queued' && status !== 'failed') || !isBody(body)) return null;
  const validClaim = typeof claim?.tab === 'string' && typeof claim.untilMs === 'number';
  return { echoId, lane, body, order, status, reason, claim: validClaim ? claim : null };
}
