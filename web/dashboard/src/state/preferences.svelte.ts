// What a person chose for this browser: the theme, whether the side panel shows, what sends a message. Not stored on the server.

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const THEME_KEY = 'frontdesk:theme';
const PEOPLE_KEY = 'frontdesk:people';
const SEND_KEY = 'frontdesk:send-key';

/** What sends a message. The other of both makes a new line; Shift+Enter always does. */
export type SendKey = 'enter' | 'mod+enter';

class Preferences {
  theme: Theme = $state(THEMES.find((one) => one === read(THEME_KEY)) ?? 'system');
  /** Whether the panel with people stands beside the thread, where there is room for it. */
  showsPeople = $state(read(PEOPLE_KEY) !== 'no');
  sendKey: SendKey = $state(read(SEND_KEY) === 'mod+enter' ? 'mod+enter' : 'enter');

  constructor() {
    this.#paint();
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    write(THEME_KEY, theme);
    this.#paint();
  }

  setShowsPeople(shows: boolean): void {
    this.showsPeople = shows;
    write(PEOPLE_KEY, shows ? 'yes' : 'no');
  }

  setSendKey(key: SendKey): void {
    this.sendKey = key;
    write(SEND_KEY, key);
  }

  #paint(): void {
    if (this.theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = this.theme;
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}

/** The one set of choices of the page. */
export const preferences = new Preferences();
