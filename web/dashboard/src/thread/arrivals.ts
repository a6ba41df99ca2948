// Says what arrives in the thread on show to a screen reader: one message in words, a burst as a number, never a flood.
// Not what arrives elsewhere: see shell/Shell.svelte.
import { announcer } from '../ui/announcer.svelte';
import { threadWords } from './words';

/** Messages within this time are one announcement, in milliseconds. */
const TOGETHER_MS = 800;
/** More of a message than this is for reading, not for being told. */
const TOLD_CHARACTERS_MAX = 300;

export class Arrivals {
  #heard: { name: string; text: string }[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  hear(name: string, text: string): void {
    this.#heard.push({ name, text });
    this.#timer ??= setTimeout(() => this.#tell(), TOGETHER_MS);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  #tell(): void {
    const [one, ...more] = this.#heard;
    [this.#heard, this.#timer] = [[], null];
    if (!one) return;
    announcer.say(
      more.length > 0
        ? threadWords.heardMany(more.length + 1)
        : threadWords.heard(one.name, one.text.slice(0, TOLD_CHARACTERS_MAX)),
    );
  }
}
