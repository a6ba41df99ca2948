// What the member wants to be told of, and how. Kept in this browser, as whether one may be disturbed depends on the desk.

export const ABOUT = ['all', 'mine', 'none'] as const;
/** Messages in every conversation, in those that the member owns or has joined, or in none. */
export type About = (typeof ABOUT)[number];

const STORED_AS = 'frontdesk:notifications';

/** The choices. */
export interface Choices {
  sound: boolean;
  desktop: boolean;
  about: About;
  /** The title of a page that is not looked at changes to and fro. */
  flash: boolean;
}

const DEFAULT: Choices = { sound: true, desktop: false, about: 'all', flash: false };

class Settings {
  choices: Choices = $state.raw(read());
  /** What the browser allows, as far as it can show notifications at all. */
  permission: NotificationPermission | 'missing' = $state(
    'Notification' in window ? Notification.permission : 'missing',
  );

  set(change: Partial<Choices>): void {
    this.choices = { ...this.choices, ...change };
    try {
      localStorage.setItem(STORED_AS, JSON.stringify(this.choices));
    } catch {
      // Storage is blocked: the choice lasts as long as the page.
    }
  }

  /** Asks the browser's question. To be called from a button, and only then. */
  async askPermission(): Promise<void> {
    if (this.permission === 'missing') return;
    this.permission = await Notification.requestPermission();
    this.set({ desktop: this.permission === 'granted' });
  }
}

function read(): Choices {
  let kept: Partial<Record<keyof Choices, unknown>> | null = null;
  try {
    kept = JSON.parse(localStorage.getItem(STORED_AS) ?? 'null');
  } catch {
    // Storage is blocked, or somebody else's text stands there.
  }
  return {
    sound: kept?.sound !== false,
    desktop: kept?.desktop === true,
    about: ABOUT.find((one) => one === kept?.about) ?? DEFAULT.about,
    flash: kept?.flash === true,
  };
}

/** The one set of choices of the page. */
export const settings = new Settings();
