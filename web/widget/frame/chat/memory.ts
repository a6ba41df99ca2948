// What this browser keeps for one website: a few words in the frame's own storage. Not what they mean (visitor.ts, draft.ts).

/** Words under `frontdesk:{website_token}{name}`; all tabs share them through storage. */
export class Memory {
  /** Prefix of everything that is kept for this website. */
  readonly prefix: string;
  /** What is kept when the browser keeps nothing for frames: lost with the page. */
  readonly #fallback = new Map<string, string>();

  constructor(websiteToken: string) {
    this.prefix = `frontdesk:${websiteToken}`;
  }

  /** A word, or null. */
  recall(name: string): string | null {
    const kept = this.#fallback.get(name) ?? null;
    try {
      return localStorage.getItem(this.prefix + name) ?? kept;
    } catch {
      // Storage of frames may be blocked.
      return kept;
    }
  }

  /** Keeps a word; an empty one is forgotten. */
  keep(name: string, word: string): void {
    this.#fallback.set(name, word);
    try {
      if (word) localStorage.setItem(this.prefix + name, word);
      else localStorage.removeItem(this.prefix + name);
    } catch {
      // Blocked or full: it is known for as long as the page lives.
    }
  }

  /** Forgets everything about this website, messages on their way included: the browser changes hands. */
  forget(): void {
    this.#fallback.clear();
    try {
      const keys = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at));
      const ours = (key: string | null) =>
        key === this.prefix || key?.startsWith(`${this.prefix}:`);
      for (const key of keys.filter(ours)) localStorage.removeItem(key as string);
    } catch {
      // Blocked: the page's own memory was all there was.
    }
  }

  /** Calls back when another tab keeps another word under this name. */
  watch(name: string, changed: () => void): void {
    addEventListener('storage', ({ key }) => {
      if (key === this.prefix + name) changed();
    });
  }
}
