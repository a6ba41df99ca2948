// A visitor who comes back finds the conversation: after a reload, in a second tab, next week. Not lost networks.
import { chromium } from '@playwright/test';
import { join } from 'node:path';
import { Chat } from '../support/chat.ts';
import { openShadowRoots } from '../support/people.ts';
import { MemberCalls } from '../support/rest.ts';
import { expect, test } from '../support/test.ts';

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

test('the conversation survives a reload, with the panel as it was left', async ({
  desk,
  people,
}) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  const maya = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  await chat.page.goto(desk.site.url);
  await chat.open();
  await chat.begin('Do you ship to Iceland?', 'Anna');
  await chat.hasSentAll();
  await maya.say(1, 'We do, every Friday.');
  await expect(chat.row('We do, every Friday.')).toBeVisible();

  await chat.page.reload();
  await expect(chat.row('We do, every Friday.')).toBeVisible();
  await chat.shows(['Do you ship to Iceland?', 'We do, every Friday.']);
  await chat.page.goto(`${desk.site.url}/about`);
  await chat.shows(['Do you ship to Iceland?', 'We do, every Friday.']);
});

test('what is typed but not sent survives a reload', async ({ desk, people }) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  await chat.page.goto(desk.site.url);
  await chat.open();
  await chat.message.fill('I was about to say');
  await chat.page.reload();
  await expect(chat.message).toHaveValue('I was about to say');
});

test('a second tab keeps in step with the first', async ({ desk, people }) => {
  const first = Chat.behindBubble(await people.newBrowser());
  const maya = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  await first.page.goto(desk.site.url);
  await first.open();
  const second = Chat.behindBubble(await first.page.context().newPage());
  await second.page.goto(desk.site.url);
  await second.open();

  await first.begin('One');
  await expect(second.row('One')).toBeVisible();
  await second.say('Two');
  // Both tabs show it while it is on its way; its place in the order is given when it is accepted.
  await expect(first.row('Two')).toBeVisible();
  const accepted = async () => (await maya.messages(1)).map(({ content }) => content);
  await expect.poll(accepted).toContain('Two');
  await maya.say(1, 'Three');
  await first.say('Four');
  for (const tab of [first, second]) {
    await tab.hasSentAll();
    await tab.shows(['One', 'Two', 'Three', 'Four']);
  }
});

test('a closed panel counts what it has not shown', async ({ desk, people }) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  const maya = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  await chat.page.goto(desk.site.url);
  await chat.open();
  await chat.begin('Hello?');
  await chat.hasSentAll();
  await chat.page.getByRole('button', { name: 'Close chat' }).first().click();
  await maya.say(1, 'Hello!');
  await maya.say(1, 'How can we help?');
  await expect(chat.page.getByRole('button', { name: 'Open chat, 2 unread' })).toBeVisible();

  await chat.page.reload();
  await expect(chat.page.getByRole('button', { name: 'Open chat, 2 unread' })).toBeVisible();
  await chat.open();
  await chat.page.getByRole('button', { name: 'Close chat' }).first().click();
  await expect(chat.page.getByRole('button', { name: 'Open chat', exact: true })).toBeVisible();
});

test('who returns a week later finds the conversation in the same browser', async ({
  desk,
  directory,
}, info) => {
  // A profile on disk, because a visitor's computer is switched off in between.
  const profile = join(directory, 'profile');
  const options = { ...info.project.use.launchOptions };
  const maya = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);

  const before = await chromium.launchPersistentContext(profile, options);
  await before.addInitScript(openShadowRoots);
  const chat = Chat.behindBubble(await before.newPage());
  await chat.page.goto(desk.site.url);
  await chat.open();
  await chat.begin('Is the mug back in May?', 'Anna');
  await chat.hasSentAll();
  await before.close();
  await maya.say(1, 'It is back now!');

  const after = await chromium.launchPersistentContext(profile, options);
  await after.addInitScript(openShadowRoots);
  const again = Chat.behindBubble(await after.newPage());
  await again.page.clock.setSystemTime(Date.now() + WEEK_MS);
  await again.page.goto(desk.site.url);
  await again.page.getByRole('button', { name: 'Open chat, 1 unread' }).click();
  await again.shows(['Is the mug back in May?', 'It is back now!']);
  await expect(again.log.getByText('Today')).toHaveCount(0);
  await again.say('Then I take two');
  await again.hasSentAll();
  const heard = await maya.messages(1);
  expect(heard.map(({ content }) => content)).toContain('Then I take two');
  await after.close();
});
