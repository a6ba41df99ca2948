// A short soft tone of two notes, made by the browser. Not a file, and not when it sounds.

/** Tones that follow closer are one. */
const PAUSE_MS = 1_500;
const VOLUME = 0.12;
const NOTES_HZ = [659.3, 880] as const;
const NOTE_S = 0.11;

let context: AudioContext | null = null;
let lastMs = -Infinity;

/** Browsers are silent until somebody has pressed something in the page: the first press makes the tone possible. */
export function prepareTone(): () => void {
  const ready = () => {
    stop();
    try {
      context ??= new AudioContext();
      void context.resume();
    } catch {
      // No sound on this machine.
    }
  };
  const stop = () => {
    removeEventListener('pointerdown', ready, true);
    removeEventListener('keydown', ready, true);
  };
  addEventListener('pointerdown', ready, true);
  addEventListener('keydown', ready, true);
  return stop;
}

/** Sounds, unless it has just sounded or cannot. */
export function playTone(): void {
  if (!context || context.state !== 'running' || Date.now() - lastMs < PAUSE_MS) return;
  lastMs = Date.now();
  for (const [index, hertz] of NOTES_HZ.entries()) note(context, hertz, index * NOTE_S);
}

function note(audio: AudioContext, hertz: number, delayS: number): void {
  const start = audio.currentTime + delayS;
  const tone = audio.createOscillator();
  const loudness = audio.createGain();
  tone.frequency.value = hertz;
  loudness.gain.setValueAtTime(0, start);
  loudness.gain.linearRampToValueAtTime(VOLUME, start + 0.015);
  loudness.gain.exponentialRampToValueAtTime(0.0001, start + 0.35);
  tone.connect(loudness).connect(audio.destination);
  tone.start(start);
  tone.stop(start + 0.4);
}
