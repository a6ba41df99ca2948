// The settings that the server writes into the page. Not a request: the first view must not wait for one.
import type { WidgetMode } from '../../realtime/wire';

/** What a visitor's chat knows from the start. */
export interface ChatConfig {
  /** website_token. */
  token: string;
  /** Name of the business. */
  name: string;
  /** #rrggbb; the server lets nothing else pass. */
  color: string;
  /** What is readable on it. */
  ink: string;
  greeting: string;
  mode: WidgetMode;
  /** In a launcher's iframe, or a page of its own. */
  embedded: boolean;
  /** Who is here now. */
  team: { name: string }[];
}

/** Reads the settings, which stand in the page's first script element; null on a page for an address that is no website of ours: the server leaves the slot as it was. */
export function readConfig(): ChatConfig | null {
  const text = document.scripts[0]?.text;
  const config = JSON.parse(text ?? 'null') as ChatConfig | null;
  return config?.token ? config : null;
}
