// People with browsers of their own. Each browser is watched: a page that throws, or that breaks a security policy, fails
// the journey, whatever the journey looks at.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';

/** What a page must never say on its console; failed requests are part of the journeys with outages. */
const FAULT = /content security policy|trusted type|unhandled|uncaught/i;

/**
 * The launcher hides its elements in a closed shadow root, and the test driver cannot look into those. Not for the pages
 * whose very subject is a hostile website.
 */
export function openShadowRoots(): void {
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    return attach.call(this, { ...init, mode: 'open' });
  };
}

export interface BrowserOptions extends BrowserContextOptions {
  /** Leaves shadow roots as the page makes them. */
  untouched?: boolean;
  /** A fault that is expected on this browser's consoles. */
  tolerates?: RegExp;
}

/** The browsers of one journey. */
export class People {
  readonly #browser: Browser;
  readonly #contexts: BrowserContext[] = [];
  readonly #faults: string[] = [];

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** A fresh browser profile with an empty tab. */
  async newBrowser({
    untouched = false,
    tolerates,
    ...options
  }: BrowserOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext(options);
    this.#contexts.push(context);
    if (!untouched) await context.addInitScript(openShadowRoots);
    context.on('weberror', (error) => this.#faults.push(`uncaught: ${error.error().stack}`));
    context.on('console', (message) => {
      const text = message.text();
      const isFault = message.type() === 'error' && FAULT.test(text);
      if (isFault && !tolerates?.test(text)) this.#faults.push(text);
    });
    return context.newPage();
  }

  /** What went wrong inside the pages. */
  faults(): string[] {
    return this.#faults;
  }

  async leave(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.close()));
  }
}
