// Finds a port for a server that must come back on it. Not for servers that start once: those take port 0.
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the range from which systems take the near end of connections: a browser that tries again and again to reach a
 * killed server could otherwise be given the very port, and even connect to itself.
 */
const FIRST = 20_000;
const LAST = 31_999;

/** A port of 127.0.0.1 on which nobody listens now. */
export async function quietPort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    const probe = createServer().listen(port, '127.0.0.1');
    const free = await Promise.race([
      once(probe, 'listening').then(() => true),
      once(probe, 'error').then(() => false),
    ]);
    if (!free) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}
