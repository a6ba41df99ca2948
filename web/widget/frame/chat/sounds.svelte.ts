// The sound of a reply, and whether this browser wants it. Not when it is played.
import type { Memory } from './memory';

/** Two notes, in Hz and seconds. */
const NOTES = [
  { hz: 660, at: 0 },
  { hz: 880, at: 0.11 },
];
const NOTE_S = 0.28;
/** Quieter than what the visitor is listening to. */
const LOUDNESS = 0.06;

/** Sounds of one browser on one website. */
export class Sounds {
  muted = $state.raw(false);
  readonly #memory: Memory;
  #context: AudioContext | null = null;

  constructor(memory: Memory) {
    this.#memory = memory;
    this.muted = memory.recall(':muted') !== null;
  }

  toggle(): void {
    this.muted = !this.muted;
    this.#memory.keep(':muted', this.muted ? '1' : '');
  }

  /** Plays it, when the browser lets a page that was not touched yet. */
  async play(): Promise<void> {
    if (this.muted || !navigator.userActivation?.hasBeenActive) return;
    try {
      const context = (this.#context ??= new AudioContext());
      await context.resume();
      for (const { hz, at } of NOTES) ring(context, hz, context.currentTime + at);
    } catch {
      // A machine without sound; the count and the card tell, too.
    }
  }
}

function ring(context: AudioContext, hz: number, at: number): void {
  const tone = new OscillatorNode(context, { frequency: hz });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setTargetAtTime(LOUDNESS, at, 0.008);
  gain.gain.setTargetAtTime(0, at + 0.06, 0.07);
  tone.connect(gain).connect(context.destination);
  tone.start(at);
  tone.stop(at + NOTE_S);
}
