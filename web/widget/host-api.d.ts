// The JavaScript that Frontdesk gives to the website it is on. Described in docs/WIDGET.md; copy it into a TypeScript project.

/** Who the visitor is, as the website knows them. Without `identifierHash` it is a claim, like anything typed. */
export interface FrontdeskPerson {
  /** The website's own key for this person. */
  identifier?: string;
  /** HMAC-SHA256 of the identifier with the inbox's key, in hex. Made by the website's server, never in a page. */
  identifierHash?: string;
  name?: string;
  email?: string;
  /** With the country's code: +4755012345. */
  phone?: string;
  attributes?: FrontdeskAttributes;
}

/** What the website knows about its visitor; null takes one away. At most 50. */
export type FrontdeskAttributes = Record<string, string | number | boolean | null>;

/** What can be listened to, and what listeners are given. What people write is never told to the page. */
export interface FrontdeskEvents {
  /** The chat is loaded and can be used. */
  ready: undefined;
  open: undefined;
  close: undefined;
  'message:sent': undefined;
  'message:received': undefined;
  /** Unread replies; 0 when the visitor has read them. */
  unread: number;
}

/** `window.frontdesk`, once it has come. Before, use `push`: see `FrontdeskQueue`. */
export interface Frontdesk {
  readonly isOpen: boolean;
  readonly unread: number;
  open(): void;
  close(): void;
  toggle(): void;
  /** Takes the bubble away; an open chat is closed. */
  hide(): void;
  show(): void;
  /** Says who the visitor is. Rejects with a sentence when the server refuses it. */
  identify(person: FrontdeskPerson): Promise<void>;
  setAttributes(attributes: FrontdeskAttributes): Promise<void>;
  /** The visitor logged out: this browser forgets the conversation and who they were. */
  reset(): void;
  /** A language tag, like "de" or "ar"; remembered in this browser. */
  setLocale(tag: string): void;
  setTheme(theme: 'light' | 'dark' | 'auto'): void;
  /** Returns how to stop listening. */
  on<Name extends keyof FrontdeskEvents>(
    name: Name,
    listener: (value: FrontdeskEvents[Name]) => void,
  ): () => void;
  off<Name extends keyof FrontdeskEvents>(
    name: Name,
    listener: (value: FrontdeskEvents[Name]) => void,
  ): void;
  /** Runs the function at once. Before Frontdesk has come, the same call waits for it. */
  push(run: (frontdesk: Frontdesk) => void): void;
}

/** What `window.frontdesk ||= []` makes before Frontdesk has come. */
export interface FrontdeskQueue {
  push(run: (frontdesk: Frontdesk) => void): unknown;
}

declare global {
  interface Window {
    frontdesk?: Frontdesk | FrontdeskQueue;
  }
}
