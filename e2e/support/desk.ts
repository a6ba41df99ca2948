// A desk: a server with one account, its members, and a website of its own that carries the widget. Made by the commands
// that an owner would type. Not the demo.
import { runJson } from './binary.ts';
import { quietPort } from './port.ts';
import { Server } from './server.ts';
import { Site, type Page } from './site.ts';

/** Somebody who can log in. */
export interface Member {
  name: string;
  email: string;
  password: string;
  userId: number;
  /** api_access_token. */
  apiToken: string;
}

interface CreatedAccount {
  account_id: number;
  user_id: number;
  inbox_id: number;
  api_access_token: string;
  website_token: string;
}

/** One server with one account. */
export interface Desk {
  server: Server;
  accountId: number;
  inboxId: number;
  websiteToken: string;
  /** Administrator, and owner of the account. */
  maya: Member;
  /** Agent. */
  priya: Member;
  /** The website on which the widget is. */
  site: Site;
  /** The website's only page; the snippet is put in the place of {{snippet}}. */
  page: Page;
}

const PASSWORD = 'a long road with 7 turns';

const PLAIN_PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Halden</title>{{snippet}}</head>
<body><main><h1>Halden</h1><a href="/about">About us</a></main></body></html>`;

/** Makes an account with two members in an empty directory, and starts the server and the website. */
export async function startDesk(directory: string): Promise<Desk> {
  const at = ['--data', directory, '--json'];
  const owner = { name: 'Maya Okafor', email: 'maya@halden.example', password: PASSWORD };
  const account = await runJson<CreatedAccount>(
    // prettier-ignore
    ['account', 'create', '--name', 'Halden', '--owner-name', owner.name, '--owner-email', owner.email, '--owner-password', '-', ...at],
    PASSWORD,
  );
  const agent = { name: 'Priya Raman', email: 'priya@halden.example', password: PASSWORD };
  const added = await runJson<{ user_id: number; api_access_token: string }>(
    // prettier-ignore
    ['member', 'add', '--account', `${account.account_id}`, '--name', agent.name, '--email', agent.email, '--password', '-', ...at],
    PASSWORD,
  );
  const server = await Server.start({ data: directory, port: await quietPort() });
  const page: Page = { html: PLAIN_PAGE, headers: {} };
  const snippet = `<script async src="${server.url}/widget/${account.website_token}.js"></script>`;
  return {
    server,
    accountId: account.account_id,
    inboxId: account.inbox_id,
    websiteToken: account.website_token,
    maya: { ...owner, userId: account.user_id, apiToken: account.api_access_token },
    priya: { ...agent, userId: added.user_id, apiToken: added.api_access_token },
    site: await Site.start(snippet, page),
    page,
  };
}
