// Times as a reader says them: in the language of the page, clock by the browser's habit, the browser's zone. Not arithmetic.
import type { Words } from '../words';

/** Names times in one language. */
export class Times {
  readonly #words: Words;
  readonly #clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
  readonly #day: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;

  constructor(words: Words) {
    this.#words = words;
    const day = { weekday: 'long', day: 'numeric', month: 'long' } as const;
    this.#day = new Intl.DateTimeFormat(words.lang, day);
    this.#date = new Intl.DateTimeFormat(words.lang, { ...day, year: 'numeric' });
  }

  /** 14:02 */
  clock(ms: number): string {
    return this.#clock.format(ms);
  }

  /** Today, Yesterday, Monday 16 November, with the year when it is another. */
  day(ms: number, now: number): string {
    const yesterday = new Date(now);
    yesterday.setDate(yesterday.getDate() - 1);
    if (dayOf(ms) === dayOf(now)) return this.#words.today;
    if (dayOf(ms) === yesterday.toDateString()) return this.#words.yesterday;
    const isThisYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
    const text = (isThisYear ? this.#day : this.#date).format(ms);
    return text.charAt(0).toLocaleUpperCase(this.#words.lang) + text.slice(1);
  }
}

/** The reader's calendar day, as a key. */
export function dayOf(ms: number): string {
  return new Date(ms).toDateString();
}
