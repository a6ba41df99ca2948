// The launcher’s one small socket: it carries the widget's mode, so that open pages follow it without a reload.
// Not the shared client (web/realtime/socket.ts), which is four times the size and knows cursors that this needs not.
import { backoffMs } from '../../realtime/backoff';
import type { LauncherHello, WidgetMode } from '../../realtime/wire';

/** Tries of a line that never lived. */
const TRIES_MAX = 5;

/**
 * Follows the mode of one widget for as long as the page is there. A host page's CSP may forbid the connection; then the
 * mode stays as it was when the page was loaded, and after some tries the page's console is left in peace.
 *
 * @param base the server's address, http(s)
 */
export function followMode(base: string, token: string, heard: (mode: WidgetMode) => void): void {
  let socket: WebSocket | null = null;
  let failures = 0;
  let lived = false;
  let timer = 0;

  const connect = () => {
    clearTimeout(timer);
    if (socket) return;
    const hello: LauncherHello = { type: 'hello', v: 1, launcher: { website_token: token } };
    const line = (socket = new WebSocket(base.replace(/^http/, 'ws') + '/realtime'));
    line.onopen = () => line.send(JSON.stringify(hello));
    line.onmessage = ({ data }) => {
      failures = 0;
      lived = true;
      const frame = JSON.parse(data as string) as { type?: string; mode: WidgetMode };
      if (frame.type === 'mode') heard(frame.mode);
    };
    line.onclose = ({ code }) => {
      socket = null;
      if ((code < 4500 || code > 4999) && (lived || failures < TRIES_MAX)) {
        timer = setTimeout(connect, 1000 + backoffMs((failures += 1), Math.random()));
      }
    };
  };

  // An open socket would keep the host's page out of the browser's back-forward cache.
  addEventListener('pagehide', () => {
    if (socket) socket.onclose = null;
    socket?.close();
    socket = null;
    clearTimeout(timer);
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) connect();
  });
  connect();
}
