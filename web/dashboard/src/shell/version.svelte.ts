// Whether the server has newer pages than this one. Asked when the line is back, as an update restarts the server.

/** The script that a page is started with: its name changes with its contents. */
const SCRIPT = /<script[^>]+type="module"[^>]+src="([^"]+)"/;

class Version {
  /** This page is older than what the server has now. */
  isOld = $state(false);

  /** Compares. What cannot be asked is asked the next time. */
  async check(): Promise<void> {
    if (this.isOld) return;
    try {
      const response = await fetch('/app', { cache: 'no-store', headers: { accept: 'text/html' } });
      if (!response.ok) return;
      const src = SCRIPT.exec(await response.text())?.[1];
      const here = document.querySelector<HTMLScriptElement>('script[type=module][src]');
      if (src && here && new URL(src, location.href).href !== here.src) this.isOld = true;
    } catch {
      // The line is away again.
    }
  }
}

/** The one check of the page. */
export const version = new Version();
