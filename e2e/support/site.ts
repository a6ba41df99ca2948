// A website that an owner might have: one page, on an origin of its own, with the owner's snippet in it.
import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands in the page where the snippet goes. */
const SLOT = '{{snippet}}';

/** What the website answers at every path; may be changed while it runs. */
export interface Page {
  html: string;
  headers: Record<string, string>;
}

/** A running website. */
export class Site {
  readonly #server: HttpServer;

  private constructor(server: HttpServer) {
    this.#server = server;
  }

  static async start(snippet: string, page: Page): Promise<Site> {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers });
      response.end(page.html.replaceAll(SLOT, snippet));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Site(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
