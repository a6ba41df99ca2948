// What the launcher lends to its later half (host/), which comes as a second file. Hardly more than types: the launcher must stay small.
import type { WidgetMode } from '../../realtime/wire';
import type { ToFrame, ToPage } from './messages';

/** In a window this narrow, or this low (a phone on its side, a page at 200 %), the chat takes the whole page. */
export const SMALL = '(max-width:480px),(max-height:480px)';

/** What the launcher says, in one language: launcher-words.json without what only its later half says. `{}` stands for a name or a number. */
export interface LauncherWords {
  lang: string;
  /** The frame's title. */
  chat: string;
  open: string;
  close: string;
  unread: string;
}

/** Settings that the server writes into the launcher. */
export interface LauncherConfig {
  name: string;
  /** #rrggbb; the server lets nothing else pass. */
  color: string;
  /** What is readable on it. */
  ink: string;
  mode: WidgetMode;
  /** Origin of the server, http(s). */
  base: string;
  /** website_token. */
  token: string;
  position?: 'right' | 'left';
  icon?: 'chat' | 'question' | 'wave';
  /** Beside the icon; empty for none. */
  text?: string;
  words: LauncherWords;
}

/** The launcher, as its later half may use it. */
export interface Core {
  config: LauncherConfig;
  /** `data-` attributes of the script element. */
  options: DOMStringMap;
  /** The element on the host's page. */
  host: HTMLElement;
  /** What it holds; closed to everybody else. */
  root: ShadowRoot;
  /** Holds the frame. */
  panel: HTMLElement;
  /** The visitor sees the chat. */
  open: boolean;
  /** The panel is shown though closed, with a card of the frame's. */
  peek: boolean;
  mode: WidgetMode;
  words: LauncherWords;
  /** The website hides the bubble. */
  off: boolean;
  unread: number;
  /** Shows the state again. */
  show(): void;
  /** Opens or closes; `byPerson` moves the focus. */
  setOpen(next: boolean, byPerson?: boolean): void;
  /** Over the panel until the frame is ready; its last child is for words. */
  cover: HTMLElement;
  /** Begins to load the frame unless it is there; `anew` in any case. */
  load(anew?: boolean): void;
  /** Posts to the frame; lost before it is ready. */
  tell(message: ToFrame): void;
  /** Called with every message of the frame, after the launcher's own doings, and when the panel opens or closes. */
  heard(message: Heard): void;
}

/** What the frame says, and what the launcher did. */
export type Heard = ToPage | { type: 'opened' | 'closed' };

/** What the second file exports; `early` is what was heard before it came. */
export type Extend = (core: Core, early: Heard[]) => void;
