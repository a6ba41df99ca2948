// The chat as a page of its own, and pages that are not there. Not the widget on websites.
import { Chat } from '../support/chat.ts';
import { Dashboard } from '../support/dashboard.ts';
import { MemberCalls } from '../support/rest.ts';
import { shoot } from '../support/shots.ts';
import { expect, test } from '../support/test.ts';

test('the chat is a page of its own for people without a website', async ({ desk, people }) => {
  const chat = Chat.asPage(await people.newBrowser({ viewport: { width: 390, height: 844 } }));
  const maya = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  await chat.page.goto(`${desk.server.url}/chat/${desk.websiteToken}`);
  await expect(chat.page).toHaveTitle('Halden');
  await expect(chat.page.getByRole('button', { name: 'Close chat' })).toHaveCount(0);
  await shoot(chat.page, 'chat-page-390-welcome');
  await chat.begin('I scanned your code', 'Anna');
  await chat.hasSentAll();
  await maya.say(1, 'Welcome!');
  await expect(chat.row('Welcome!')).toBeVisible();
  await shoot(chat.page, 'chat-page-390');
  await chat.page.setViewportSize({ width: 1440, height: 900 });
  await shoot(chat.page, 'chat-page-1440');

  await chat.page.reload();
  await chat.shows(['I scanned your code', 'Welcome!']);
});

test('who wrote last can still scroll up', async ({ desk, people }) => {
  const chat = Chat.asPage(await people.newBrowser({ viewport: { width: 390, height: 844 } }));
  await chat.page.goto(`${desk.server.url}/chat/${desk.websiteToken}`);
  await chat.begin('The first words');
  await chat.say(Array.from({ length: 60 }, (_, line) => `line ${line}`).join('\n'));
  await chat.hasSentAll();
  await expect(chat.row('The first words')).not.toBeInViewport();
  await chat.log.hover();
  await chat.page.mouse.wheel(0, -10_000);
  await expect(chat.row('The first words')).toBeInViewport();
  await chat.say('And the last');
  await expect(chat.row('And the last')).toBeInViewport();
});

test('a chat that does not exist says so', async ({ desk, people }) => {
  const tab = await people.newBrowser();
  const answer = await tab.goto(`${desk.server.url}/chat/nosuchchatnosuchchat`);
  expect(answer?.status()).toBe(404);
  await expect(tab.getByText('There is no chat at this address.')).toBeVisible();
  await expect(tab.getByRole('textbox')).toHaveCount(0);
  await shoot(tab, 'chat-page-unknown');
});

test('a conversation that does not exist says so, and leads back', async ({ desk, people }) => {
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  await maya.page.goto(`${desk.server.url}/app/accounts/${desk.accountId}/open/4711`);
  await expect(
    maya.page.getByRole('heading', { name: 'This conversation is not here' }),
  ).toBeVisible();
  await shoot(maya.page, 'dashboard-unknown-conversation');
  await maya.button('Back to conversations').click();
  await expect(maya.page).toHaveURL(`${desk.server.url}/app/accounts/${desk.accountId}/open`);
});

test('an account that is not one’s own, and an address that means nothing, say so', async ({
  desk,
  people,
}) => {
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  for (const path of ['accounts/4711', 'accounts/1/nosuchlist', 'nowhere']) {
    await maya.page.goto(`${desk.server.url}/app/${path}`);
    await expect(maya.page.getByRole('heading', { name: 'Nothing lives here' })).toBeVisible();
  }
  await maya.page.getByRole('link', { name: 'Go to my inbox' }).click();
  await expect(maya.list).toBeVisible();
});
