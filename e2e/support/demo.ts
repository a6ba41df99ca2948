// The demo as a person meets it after `serve --demo`: what it printed is all that is known of it.
import { Server } from './server.ts';

/** A running demo shop. */
export interface Demo {
  server: Server;
  /** Address of the shop's website, an origin of its own. */
  shop: string;
  /** Address of the chat as a page. */
  chat: string;
  email: string;
  password: string;
}

/** Starts the demo in an empty directory. */
export async function startDemo(directory: string): Promise<Demo> {
  const server = await Server.start({ data: directory, port: 0, more: ['--demo'] });
  const [email, password, shop, chat] = [
    await server.hear(/log in as (\S+) with/),
    await server.hear(/log in as \S+ with (\S+)/),
    await server.hear(/Demo shop\s+(\S+)/),
    await server.hear(/Chat page\s+(\S+)/),
  ];
  return { server, shop, chat, email, password };
}
