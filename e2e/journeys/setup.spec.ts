// From an empty directory to a visitor's first message in the dashboard, as an owner goes the way, with the clicks counted.
// Who may set up at all is tried in crates/server/tests/it/setup.rs.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAccessible } from '../support/axe.ts';
import { Chat } from '../support/chat.ts';
import { Server } from '../support/server.ts';
import { shoot } from '../support/shots.ts';
import { Site } from '../support/site.ts';
import { expect, test } from '../support/test.ts';

const PASSWORD = 'four words and a comma,';
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Northwind</title>{{snippet}}</head><body><main><h1>Northwind</h1></main></body></html>`;

/** Fewer than this many clicks from nothing to the first message. */
const CLICKS_BELOW = 10;

async function examine(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  await shoot(page, name);
  expect(
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`)),
    name,
  ).toEqual([]);
}

/** Fills the account's fields by keyboard, as they follow each other. */
async function fillAccount(page: Page): Promise<void> {
  await expect(page.getByRole('textbox', { name: 'Business or site' })).toBeFocused();
  await page.keyboard.type('Northwind');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Maya Okafor');
  await page.keyboard.press('Tab');
  await page.keyboard.type('maya@northwind.example');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
}

test('an owner is chatting within ten clicks of an empty directory', async ({
  directory,
  people,
}) => {
  const server = await Server.start({ data: directory, port: 0 });
  let clicks = 0;
  const click = async (target: { click(): Promise<void> }) => {
    clicks += 1;
    await target.click();
  };

  const owner = await people.newBrowser();
  await owner.goto(server.url);
  await expect(owner).toHaveURL(`${server.url}/setup`);
  await fillAccount(owner);
  await click(owner.getByRole('button', { name: 'Create account' }));

  await expect(owner.getByRole('heading', { name: 'Put it on your website' })).toBeVisible();
  const snippet = owner.getByLabel('Line for your website');
  await expect(snippet).toContainText('<script async src=');
  await click(owner.getByRole('button', { name: 'Copy' }));
  const line = (await snippet.textContent()) ?? '';

  // The owner pastes the line; a visitor comes by.
  const site = await Site.start(line, { html: PAGE, headers: {} });
  const visitor = await people.newBrowser();
  await visitor.goto(site.url);
  const chat = Chat.behindBubble(visitor);
  await click({ click: () => chat.open() });
  await chat.message.fill('Do you ship to Norway?');
  await click(chat.root.getByRole('button', { name: 'Start chat' }));

  await expect(owner.getByText('Your first message has arrived')).toBeVisible();
  await click(owner.getByRole('link', { name: 'Go to your inbox' }));
  await click(owner.getByRole('link', { name: /Do you ship to Norway/ }).first());
  await expect(owner.getByRole('log', { name: 'Messages' })).toContainText(
    'Do you ship to Norway?',
  );
  expect(clicks).toBeLessThan(CLICKS_BELOW);

  // Nothing is left of setting up, for anybody.
  const stranger = await people.newBrowser();
  await stranger.goto(`${server.url}/setup`);
  await expect(stranger.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await site.stop();
  expect(await server.stop()).toBe(0);
  expect(server.complaints()).toEqual([]);
});

test('who leaves the setup before the line is on a website is led back to it', async ({
  directory,
  people,
}) => {
  const server = await Server.start({ data: directory, port: 0 });
  const owner = await people.newBrowser({ viewport: { width: 390, height: 844 } });
  await owner.goto(`${server.url}/setup`);
  await fillAccount(owner);
  await owner.getByRole('button', { name: 'Create account' }).click();
  await expect(owner.getByLabel('Line for your website')).toBeVisible();
  await owner.goto(`${server.url}/app`);
  await expect(owner.getByText('No website has your chat yet')).toBeVisible();
  await isAccessible(owner, 'an inbox that nobody can write to');
  await owner.getByRole('link', { name: 'Show the line' }).click();
  await expect(owner.getByText('<script async src=')).toBeVisible();
  expect(await server.stop()).toBe(0);
  expect(server.complaints()).toEqual([]);
});

test('from another machine the page asks for the code that lies on the server', async ({
  directory,
  people,
}) => {
  const server = await Server.start({ data: directory, port: 0 });
  const owner = await people.newBrowser({
    extraHTTPHeaders: { 'x-forwarded-for': '192.0.2.7' },
  });
  await owner.goto(server.url);
  const field = owner.getByRole('textbox', { name: 'One-time code' });
  await expect(field).toBeFocused();
  await examine(owner, 'setup-code');
  await field.fill('abcd-efgh-jkmn-pqrs');
  await field.press('Enter');
  await expect(owner.getByRole('alert')).toContainText('This is not the code');
  await field.fill(await readFile(join(directory, 'setup-code'), 'utf8'));
  await field.press('Enter');
  await fillAccount(owner);
  await owner.keyboard.press('Enter');
  await expect(owner.getByRole('heading', { name: 'Put it on your website' })).toBeVisible();

  // A reload loses nothing.
  await owner.reload();
  await expect(owner.getByLabel('Line for your website')).toContainText('<script async src=');
  expect(await server.stop()).toBe(0);
});

const LOOKS = [
  { name: 'desk-light', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { name: 'desk-dark', viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  { name: 'phone-light', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { name: 'phone-dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const;

for (const { name, viewport, colorScheme } of LOOKS) {
  test(`mistakes are named, and axe finds nothing, ${name}`, async ({ directory, people }) => {
    const server = await Server.start({ data: directory, port: 0 });
    const isPhone = viewport.width < 500;
    const look = { viewport, colorScheme, isMobile: isPhone, hasTouch: isPhone } as const;
    const owner = await people.newBrowser({ ...look, reducedMotion: 'reduce' });
    await owner.goto(`${server.url}/setup`);
    await owner.getByRole('button', { name: 'Create account' }).click();
    await expect(owner.getByRole('alert')).toContainText('What is your business or site called?');
    await fillAccount(owner);
    await owner.getByRole('textbox', { name: 'E-mail' }).fill('no address');
    await owner.keyboard.press('Enter');
    await expect(owner.getByRole('alert')).toContainText('This is no e-mail address.');
    await expect(owner.getByRole('textbox', { name: 'E-mail' })).toBeFocused();
    await examine(owner, `setup-account-${name}`);

    await owner.getByRole('textbox', { name: 'E-mail' }).fill('maya@northwind.example');
    await owner.getByRole('textbox', { name: 'Website' }).fill('northwind.example');
    await owner.keyboard.press('Enter');
    await expect(owner.getByLabel('Line for your website')).toContainText('<script async src=');
    await examine(owner, `setup-website-${name}`);
    await owner.getByText('Tag Manager').click();
    await expect(owner.getByText('Custom HTML')).toBeVisible();
    expect(await server.stop()).toBe(0);
  });
}
