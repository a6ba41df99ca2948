// An administrator tells another program what happens: makes a webhook, sees what was sent and what came back, sends it
// again. A real receiver checks the signature. Not how retries are timed: that is tested on the server.
import { AxeBuilder } from '@axe-core/playwright';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { Dashboard } from '../support/dashboard.ts';
import { VisitorCalls } from '../support/rest.ts';
import { shoot } from '../support/shots.ts';
import { expect, test } from '../support/test.ts';

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** Somebody else's server: keeps what it gets and answers as it is told. */
class Receiver {
  readonly received: Received[] = [];
  status = 200;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (part: string) => (body += part));
      request.on('end', () => {
        this.received.push({ headers: request.headers, body });
        response.writeHead(this.status, { 'content-type': 'text/plain' });
        response.end(this.status === 200 ? 'thank you' : 'not today');
      });
    });
  }

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

async function examine(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  await shoot(page, name);
  expect(
    violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(' ')}`)),
    name,
  ).toEqual([]);
}

for (const [width, height, colorScheme] of [
  [1440, 900, 'light'],
  [390, 844, 'dark'],
] as const) {
  test(`a webhook is told, and told again by hand, ${width} ${colorScheme}`, async ({
    desk,
    people,
  }) => {
    const receiver = new Receiver();
    const url = await receiver.start();
    const look = { viewport: { width, height }, colorScheme, reducedMotion: 'reduce' } as const;
    const maya = new Dashboard(await people.newBrowser(look), desk.server.url);
    const page = maya.page;
    await maya.logIn(desk.maya);
    await page.goto(`${desk.server.url}/app/accounts/${desk.accountId}/administration/webhooks`);
    await expect(page.getByText('No webhooks yet')).toBeVisible();
    await examine(page, `webhooks-empty-${width}-${colorScheme}`);

    await page.getByRole('button', { name: 'New webhook' }).click();
    const form = page.getByRole('dialog', { name: 'New webhook' });
    await form.getByRole('button', { name: 'Add webhook' }).click();
    await expect(form.getByRole('alert')).toHaveText("Address can't be blank");
    await form.getByRole('textbox', { name: 'Address' }).fill(url);
    await form.getByRole('textbox', { name: 'Name' }).fill('Our CRM');
    await form.getByRole('checkbox', { name: /Conversation changed/ }).uncheck();
    await examine(page, `webhooks-form-${width}-${colorScheme}`);
    await form.getByRole('button', { name: 'Add webhook' }).click();
    await expect(page.getByRole('heading', { name: 'Our CRM' })).toBeVisible();
    await expect(page.getByText('Nothing sent yet')).toBeVisible();

    const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
    await anna.begin('Is the Moss jug dishwasher safe?', { name: 'Anna Berg', echoId: 'one' });
    // It appears by itself.
    const rows = page.getByRole('button', { name: /New message/ });
    await expect(rows.first()).toContainText('Delivered');

    await page.getByRole('button', { name: 'Show', exact: true }).click();
    const secret = await page.locator('dd code').innerText();
    const told = receiver.received.find((one) => one.body.includes('"message_created"'));
    const signed = `${told?.headers['x-chatwoot-timestamp']}.${told?.body}`;
    const digest = createHmac('sha256', secret.trim()).update(signed).digest('hex');
    expect(told?.headers['x-chatwoot-signature']).toBe(`sha256=${digest}`);
    await page.getByRole('button', { name: 'Renew secret' }).click();
    const question = page.getByRole('dialog', { name: 'Renew the secret?' });
    await examine(page, `webhooks-renew-${width}-${colorScheme}`);
    await question.getByRole('button', { name: 'Renew secret' }).click();
    await expect(page.locator('dd code')).not.toHaveText(secret);
    await page.getByRole('button', { name: 'Hide', exact: true }).click();

    receiver.status = 500;
    await anna.say('Hello?');
    await expect(rows.first()).toContainText('Waiting');
    await rows.first().click();
    await expect(page.getByText('The target answered 500')).toBeVisible();
    await expect(page.getByText('not today')).toBeVisible();
    await examine(page, `webhooks-delivery-${width}-${colorScheme}`);

    receiver.status = 200;
    await page.getByRole('button', { name: 'Send again' }).click();
    await expect(rows.first()).toContainText('Delivered');
    await expect(page.getByText('thank you')).toBeVisible();

    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByText('No webhooks yet')).toBeVisible();
    receiver.stop();
  });
}
