// A long conversation as a member reads it: back in time without a jump, to a message by its link, to where they left off.
// Not writing: see composer.spec.ts.
import { readFile } from 'node:fs/promises';
import { isAccessible } from '../support/axe.ts';
import { Dashboard } from '../support/dashboard.ts';
import { MemberCalls, VisitorCalls } from '../support/rest.ts';
import { expect, test } from '../support/test.ts';

test('older messages come as one scrolls, and what one reads stays in its place', async ({
  desk,
  people,
}) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Message 1', { name: 'Anna Berg', echoId: 'one' });
  for (let n = 2; n <= 60; n++) await anna.say(`Message ${n}`);
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  await maya.goTo('All open');
  await maya.open('Anna Berg');
  const newest = maya.bubble('Message 60');
  await expect(newest).toBeInViewport();

  // The page before is there already; now just so far that the one before that is asked for. Measured in the same breath.
  const read = maya.bubble('Message 25');
  const before = await read.evaluate((it) => {
    const log = it.closest('[role=log]');
    if (log) log.scrollTop = 350;
    return it.getBoundingClientRect().top;
  });
  await expect(maya.bubble('Message 2')).toBeAttached();
  const after = await read.evaluate((it) => it.getBoundingClientRect().top);
  expect(Math.abs(after - before)).toBeLessThanOrEqual(2);

  await maya.page.getByRole('button', { name: 'Newest messages' }).click();
  await expect(newest).toBeInViewport();
  await anna.say('Message 61');
  await expect(maya.bubble('Message 61')).toBeInViewport();
});

test('a link to a message opens the conversation around it, and the way back to the newest', async ({
  desk,
  people,
}) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Message 1', { name: 'Anna Berg', echoId: 'one' });
  for (let n = 2; n <= 180; n++) await anna.say(`Message ${n}`);
  const calls = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  const all = await calls.messages(1);
  const wanted = all.find(({ content }) => content === 'Message 12');
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  const page = `${desk.server.url}/app/accounts/${desk.accountId}/open/1`;
  await maya.page.goto(`${page}?message=${wanted?.id}`);
  await expect(maya.bubble('Message 12')).toBeInViewport();
  await expect(maya.bubble('Message 180')).toHaveCount(0);
  // What is written goes to the end, and one sees it there.
  await maya.say('Here I am');
  await expect(maya.bubble('Message 180')).toBeAttached();
  await expect(maya.bubble('Here I am')).toBeInViewport();

  await maya.page.goto(`${page}?message=999999`);
  await expect(maya.page.getByText('not in this conversation any more')).toBeVisible();
});

test('one sees where one left off, what is marked up, and not all of what is long', async ({
  desk,
  people,
}) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Old news', { name: 'Anna Berg', echoId: 'one' });
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  await maya.goTo('All open');
  await maya.open('Anna Berg');
  await expect(maya.row('Anna Berg')).not.toContainText('unread');
  await maya.page.getByRole('textbox', { name: 'Reply' }).press('Escape');
  await anna.say('This is **new** and `code`');
  await anna.say('long '.repeat(30_000).trim());
  await maya.open('Anna Berg');
  const items = maya.log.getByRole('listitem');
  const divider = items.filter({ hasText: /^New$/ });
  await expect(divider).toHaveCount(1);
  await expect(maya.log.locator('strong')).toHaveText('new');
  await expect(maya.log.locator('code')).toHaveText('code');

  const more = maya.log.getByRole('button', { name: 'Show all' });
  const shown = () => maya.log.evaluate((log) => log.textContent.length);
  expect(await shown()).toBeLessThan(5_000);
  await more.click();
  await expect.poll(shown).toBeGreaterThan(149_000);
  await maya.log.getByRole('button', { name: 'Show less' }).click();
  await expect.poll(shown).toBeLessThan(5_000);
});

test('a message is deleted for everybody, unless that is taken back in time', async ({
  desk,
  people,
}) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('My card is 4111 1111', { name: 'Anna Berg', echoId: 'one' });
  const priya = new Dashboard(await people.newBrowser(), desk.server.url);
  await priya.logIn(desk.priya);
  await priya.goTo('All open');
  await priya.open('Anna Berg');
  await priya.say('Meant for Bela');
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  await maya.goTo('All open');
  await maya.open('Anna Berg');

  const menuOf = (who: Dashboard, name: string) =>
    who.log.getByRole('button', { name: new RegExp(`^Message of ${name}`) }).first();
  const gone = (who: Dashboard) => who.log.getByText('This message was deleted');

  // An agent deletes what is their own, and sees it again when they think better of it.
  await menuOf(priya, 'Anna Berg').press('Enter');
  await expect(priya.page.getByRole('menuitem', { name: 'Copy text' })).toBeVisible();
  await expect(priya.page.getByRole('menuitem', { name: 'Delete message' })).toHaveCount(0);
  await priya.page.keyboard.press('Escape');
  await menuOf(priya, 'Priya Raman').press('Enter');
  await priya.page.getByRole('menuitem', { name: 'Delete message' }).click();
  await expect(gone(priya)).toHaveCount(1);
  await priya.button('Undo').click();
  await expect(priya.bubble('Meant for Bela')).toBeVisible();
  await menuOf(priya, 'Priya Raman').press('Enter');
  await priya.page.getByRole('menuitem', { name: 'Delete message' }).click();
  await expect(gone(maya)).toHaveCount(1);

  // Who runs the place deletes what others wrote. Leaving the page is no way back.
  await menuOf(maya, 'Anna Berg').press('Enter');
  await maya.page.getByRole('menuitem', { name: 'Delete message' }).click();
  await expect(gone(maya)).toHaveCount(2);
  await maya.page.reload();
  await expect(gone(priya)).toHaveCount(2);
  await expect(gone(maya)).toHaveCount(2);

  // Nor is logging out.
  await priya.say('Meant for Cleo');
  await priya.log
    .getByRole('button', { name: /^Message of Priya/ })
    .last()
    .press('Enter');
  await priya.page.getByRole('menuitem', { name: 'Delete message' }).click();
  await priya.page.getByRole('button', { name: 'Theme and log out' }).click();
  await priya.page.getByRole('menuitem', { name: 'Log out' }).click();
  await expect(priya.button('Log in')).toBeVisible();
  await expect(gone(maya)).toHaveCount(3);
});

test('a conversation is downloaded without what only the team may read', async ({
  desk,
  people,
}) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Where is my order?', { name: 'Anna Berg', echoId: 'one' });
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  await maya.goTo('All open');
  await maya.open('Anna Berg');
  await maya.note('Asks every week');
  await maya.say('It left today.');
  await maya.hasSentAll();
  await maya.button('More actions').click();
  await isAccessible(maya.page, 'menu of a conversation');
  const coming = maya.page.waitForEvent('download');
  await maya.page.getByRole('menuitem', { name: 'Download transcript' }).press('Enter');
  const file = await coming;
  expect(file.suggestedFilename()).toBe('conversation-1.txt');
  const text = await readFile(await file.path(), 'utf8');
  const said = text.split('\n').flatMap((line) => line.match(/^\[.{16}\] (.+: .+)$/)?.[1] ?? []);
  expect(said).toEqual(['Anna Berg: Where is my order?', 'Maya Okafor: It left today.']);
});
