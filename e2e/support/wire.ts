// Everything that reaches one tab from the server: frames of its sockets and bodies of its answers. Not what it shows.
import type { Page } from '@playwright/test';

/** Starts to record; call it before the tab goes anywhere. */
export function recordWire(page: Page): { received(): Promise<string> } {
  const frames: string[] = [];
  const bodies: Promise<string>[] = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => frames.push(payload.toString()));
  });
  page.on('response', (response) => {
    // A body that the browser has let go of was a page that is gone, and was not shown.
    bodies.push(response.text().catch(() => ''));
  });
  return {
    async received() {
      return [...frames, ...(await Promise.all(bodies))].join('\n');
    },
  };
}
