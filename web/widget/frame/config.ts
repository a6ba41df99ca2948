// The settings that the server writes into the page. Not a request: the first view must not wait for one.
import type { WidgetMode } from '../../realtime/wire';

/** Somebody of the team, as visitors see them. */
export interface Person {
  name: string;
  /** Path or address of a picture; absent or null for initials. */
  avatar_url?: string | null;
}

/** What a visitor's chat knows from the start. What is optional here has a default in `readConfig`. */
export interface GivenConfig {
  /** website_token. */
  token: string;
  /** Name of the business. */
  name: string;
  /** #rrggbb; the server lets nothing else pass. */
  color: string;
  /** What is readable on it. */
  ink: string;
  mode: WidgetMode;
  /** In a launcher's iframe, or a page of its own. */
  embedded: boolean;
  /** Who is here now. */
  team: Person[];
  /** The first line that a visitor reads. */
  title?: string;
  /** A smaller line below it. */
  tagline?: string;
  /** The business's first message, shown as a bubble. */
  greeting?: string;
  /** What is asked with the first message. */
  ask?: 'name_email' | 'name' | 'nothing';
  /** Language tag; empty for the browser's own. */
  lang?: string;
  dir?: 'ltr' | 'rtl' | '';
  /** Whether the team's faces and names are shown. */
  showTeam?: boolean;
}

export type ChatConfig = Required<GivenConfig>;

/** Reads the settings, which stand in the page's first script element; null on a page for an address that is no website of ours: the server leaves the slot as it was. */
export function readConfig(): ChatConfig | null {
  const text = document.scripts[0]?.text;
  const given = JSON.parse(text ?? 'null') as GivenConfig | null;
  return given?.token ? withDefaults(given) : null;
}

/** What a setting is when the server names none. A greeting without a title is the title. */
export function withDefaults(given: GivenConfig): ChatConfig {
  const { title, greeting = '', showTeam = true } = given;
  return {
    tagline: '',
    ask: 'name',
    lang: '',
    dir: '',
    ...given,
    title: title || greeting || given.name,
    greeting: title ? greeting : '',
    showTeam,
    team: showTeam ? given.team : [],
  };
}
