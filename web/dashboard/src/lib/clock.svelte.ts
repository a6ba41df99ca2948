// The present time, for what shows ages. Ticks once per TICK_MS; not for measuring.

const TICK_MS = 15_000;

class Clock {
  now = $state(Date.now());

  constructor() {
    setInterval(() => (this.now = Date.now()), TICK_MS);
    // A laptop that slept shows yesterday's ages until the next tick otherwise.
    document.addEventListener('visibilitychange', () => (this.now = Date.now()));
  }
}

/** The one clock of the page. */
export const clock = new Clock();
