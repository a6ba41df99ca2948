// An owner sets up inboxes, and visitors see it: looks and words, a second inbox, allowed websites. Not conversations.
import { AxeBuilder } from '@axe-core/playwright';
import { Chat } from '../support/chat.ts';
import { Dashboard } from '../support/dashboard.ts';
import { shoot } from '../support/shots.ts';
import { expect, test } from '../support/test.ts';

const RED = '#be185d';

test('what an owner changes is what visitors see', async ({ desk, people }) => {
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const { page } = maya;
  await maya.logIn(desk.maya);
  await page.getByRole('link', { name: 'Administration' }).click();
  await page.getByRole('link', { name: /^Halden/ }).click();
  await expect(page.getByRole('heading', { name: 'Halden', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: RED }).click();
  await page.getByRole('textbox', { name: 'Heading' }).fill('Ask us about bowls');
  await page.getByRole('textbox', { name: 'Greeting' }).fill('We are potters.');
  await expect(page.getByText('3 changes not saved')).toBeVisible();
  const preview = page.frameLocator(
    'iframe[title="Preview of the chat"]:not([aria-hidden="true"])',
  );
  await expect(preview.getByText('Ask us about bowls').first()).toBeAttached();
  const axe = await new AxeBuilder({ page }).exclude('iframe').analyze();
  expect(axe.violations).toEqual([]);
  await shoot(page, 'administration-inbox-1440');

  await page.getByRole('link', { name: 'Labels' }).click();
  await page.getByRole('button', { name: 'Go back' }).click();
  await expect(page.getByRole('textbox', { name: 'Heading' })).toHaveValue('Ask us about bowls');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('changes not saved')).toHaveCount(0);

  const visitor = await people.newBrowser();
  await visitor.goto(desk.site.url);
  const chat = Chat.behindBubble(visitor);
  await chat.open();
  await expect(chat.root.getByText('Ask us about bowls')).toBeVisible();
  await expect(chat.root.getByText('We are potters.')).toBeVisible();
  await page.getByRole('link', { name: 'Install' }).click();
  await expect(page.getByText(/We have seen your widget on 127\.0\.0\.1/)).toBeVisible();
});

test('a second inbox is a chat of its own', async ({ desk, people }) => {
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const { page } = maya;
  await maya.logIn(desk.maya);
  await page.goto(`${desk.server.url}/app/accounts/${desk.accountId}/administration/inboxes/new`);
  await page.getByRole('textbox', { name: 'Name' }).fill('Workshop');
  await page.getByRole('button', { name: 'Create inbox' }).click();
  await expect(page.getByText('We have not seen your widget yet', { exact: false })).toBeVisible();
  const hosted = await page.getByText(/\/chat\//).innerText();
  const visitor = await people.newBrowser();
  await visitor.goto(hosted);
  await expect(visitor).toHaveTitle('Workshop');
});

test('on a website that is not allowed there is no chat', async ({ desk, people }) => {
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const { page } = maya;
  await maya.logIn(desk.maya);
  const inbox = `${desk.server.url}/app/accounts/${desk.accountId}/administration/inboxes/${desk.inboxId}`;
  await page.goto(`${inbox}-domains`);
  await page.getByRole('textbox', { name: 'Domain' }).fill('shop.example');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.', { exact: false })).toBeVisible();

  const visitor = await people.newBrowser({ tolerates: /frame-ancestors/ });
  await visitor.goto(desk.site.url);
  await expect(Chat.behindBubble(visitor).bubble).toHaveCount(0);
});

test('a secret is shown, replaced after a question, and may be required', async ({
  desk,
  people,
}) => {
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const { page } = maya;
  await maya.logIn(desk.maya);
  await page.goto(
    `${desk.server.url}/app/accounts/${desk.accountId}/administration/inboxes/${desk.inboxId}-identity`,
  );
  await page.getByRole('button', { name: 'Show' }).click();
  const secret = page.getByLabel('Secret', { exact: true });
  const before = await secret.innerText();
  expect(before).toHaveLength(43);
  await page.getByRole('button', { name: 'New secret' }).click();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: 'Replace it' }).click();
  await expect(secret).not.toHaveText(before);
  await page.getByText('Take signed identities only').click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.', { exact: false })).toBeVisible();
  await shoot(page, 'administration-identity-1440');
  await page.reload();
  await expect(page.getByRole('switch', { name: 'Take signed identities only' })).toBeChecked();
});

test('an agent is told kindly that a page is for administrators', async ({ desk, people }) => {
  const priya = new Dashboard(await people.newBrowser(), desk.server.url);
  await priya.logIn(desk.priya);
  await priya.page.goto(`${desk.server.url}/app/accounts/${desk.accountId}/administration/inboxes`);
  await expect(priya.page.getByRole('heading', { name: 'For administrators' })).toBeVisible();
});
