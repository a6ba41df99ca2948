// What the member wants to be told of, and how: theirs in every browser, as their profile keeps it. Not the keeping (saver.svelte.ts),
// and not the browser's own permission, which each browser asks for itself.

export const ABOUT = ['all', 'mine', 'none'] as const;
/** Messages in every conversation, in those that the member owns or has joined, or in none. */
export type About = (typeof ABOUT)[number];

/** The choices, as the profile's `ui_settings.notifications` has them. */
export interface Choices {
  sound: boolean;
  /** Wanted. Whether it is shown is up to the browser's permission, too. */
  desktop: boolean;
  about: About;
  /** The title of a page that is not looked at changes to and fro. */
  flash: boolean;
}

/** Tells the browser's other tabs what was chosen in one. */
const NEWS_CHANNEL = 'frontdesk:notifications';

class Settings {
  choices: Choices = $state.raw(choicesOf(null));
  /** What the browser allows, as far as it can show notifications at all. */
  permission: NotificationPermission | 'missing' = $state(
    'Notification' in window ? Notification.permission : 'missing',
  );
  readonly #news = new BroadcastChannel(NEWS_CHANNEL);

  constructor() {
    this.#news.onmessage = ({ data }) => (this.choices = choicesOf(data));
  }

  /** Somebody has logged in: these are the settings that their profile keeps. */
  begin(profile: Readonly<Record<string, unknown>>): void {
    this.choices = choicesOf(profile['notifications']);
  }

  set(change: Partial<Choices>): void {
    this.choices = { ...this.choices, ...change };
    this.#news.postMessage(this.choices);
  }

  /** Asks the browser's question; true when it allows. To be called from a button, and only then. */
  async askPermission(): Promise<boolean> {
    if (this.permission === 'missing') return false;
    this.permission = await Notification.requestPermission();
    return this.permission === 'granted';
  }
}

/** What was kept, as far as it means something; the rest as it is for somebody who never chose. */
export function choicesOf(kept: unknown): Choices {
  const given: Partial<Record<keyof Choices, unknown>> =
    typeof kept === 'object' && kept !== null ? kept : {};
  return {
    sound: given.sound !== false,
    desktop: given.desktop === true,
    about: ABOUT.find((one) => one === given.about) ?? 'all',
    flash: given.flash === true,
  };
}

/** The one set of choices of the page. */
export const settings = new Settings();
