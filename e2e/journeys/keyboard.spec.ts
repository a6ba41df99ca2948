// Everything by keyboard: no step here uses a pointer. Not what a screen reader says: see accessibility.spec.ts.
import { Chat } from '../support/chat.ts';
import { Dashboard } from '../support/dashboard.ts';
import { MemberCalls, VisitorCalls } from '../support/rest.ts';
import { expect, test } from '../support/test.ts';

test('a visitor opens the chat, writes and closes it without a pointer', async ({
  desk,
  people,
}) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  const { keyboard } = chat.page;
  const maya = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  await chat.page.goto(desk.site.url);
  await expect(chat.bubble).toBeVisible();
  await keyboard.press('Tab');
  await expect(chat.page.getByRole('link', { name: 'About us' })).toBeFocused();
  await keyboard.press('Tab');
  await expect(chat.bubble).toBeFocused();

  await keyboard.press('Enter');
  await expect(chat.message).toBeFocused();
  await keyboard.press('Shift+Tab');
  await expect(chat.email).toBeFocused();
  await keyboard.press('Shift+Tab');
  await expect(chat.name).toBeFocused();
  await keyboard.type('Anna');
  await keyboard.press('Tab');
  await keyboard.type('anna@shop.example');
  await keyboard.press('Tab');
  await expect(chat.message).toBeFocused();
  await keyboard.type('Hello');
  await keyboard.press('Shift+Enter');
  await keyboard.type('World');
  await keyboard.press('Enter');
  await expect(chat.row(/Hello\s+World/)).toBeVisible();
  await expect(chat.message).toBeFocused();
  await chat.hasSentAll();
  await maya.say(1, 'Good morning');
  await expect(chat.row('Good morning')).toBeVisible();
  await keyboard.type('Thanks');
  await keyboard.press('Enter');
  await expect(chat.row('Thanks')).toBeVisible();

  await keyboard.press('Escape');
  await expect(chat.bubble).toBeFocused();
  await expect(chat.message).toBeHidden();
  await keyboard.press('Enter');
  await expect(chat.message).toBeFocused();
});

test('a member logs in, answers and goes back to the list without a pointer', async ({
  desk,
  people,
}) => {
  for (const [name, words] of [
    ['Anna', 'First'],
    ['Bela', 'Second'],
  ] as const) {
    await new VisitorCalls(desk.server.url, desk.websiteToken).begin(words, {
      name,
      echoId: 'one',
    });
  }
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const { keyboard } = maya.page;
  await maya.page.goto(`${desk.server.url}/app/accounts/${desk.accountId}/open`);
  await expect(maya.page.getByRole('textbox', { name: 'E-mail' })).toBeFocused();
  await keyboard.type(desk.maya.email);
  await keyboard.press('Tab');
  await keyboard.type(desk.maya.password);
  await keyboard.press('Enter');
  await expect(maya.row('Bela')).toBeVisible();

  await keyboard.press('ArrowDown');
  await expect(maya.row('Bela')).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(maya.row('Anna')).toBeFocused();
  await keyboard.press('Enter');
  await expect(maya.reply).toBeFocused();
  await keyboard.type('Hello Anna');
  await keyboard.press('Enter');
  await expect(maya.bubble('Hello Anna')).toBeVisible();
  await expect(maya.reply).toBeFocused();
  await keyboard.press('Escape');
  await expect(maya.row('Anna')).toBeFocused();

  // What is resolved leaves the list, and the focus goes to what came in its place.
  await keyboard.press('e');
  await expect(maya.row('Anna')).toHaveCount(0);
  await expect(maya.row('Bela')).toBeFocused();
});

test('a member adds an inbox and a webhook with keys alone', async ({ desk, people }) => {
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const { page } = maya;
  await maya.logIn(desk.maya);
  const { keyboard } = page;
  const find = async (what: string) => {
    await keyboard.press('Control+k');
    await expect(page.getByRole('combobox')).toBeFocused();
    await keyboard.type(what);
    await expect(page.getByRole('option', { name: what, selected: true })).toBeVisible();
    await keyboard.press('Enter');
  };
  await find('Administration: Inboxes');
  await page.getByRole('link', { name: 'New inbox' }).focus();
  await keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await keyboard.type('Workshop');
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Workshop' })).toBeVisible();

  await find('Administration: Webhooks');
  const add = page.getByRole('button', { name: 'New webhook' });
  await add.focus();
  await keyboard.press('Enter');
  const address = page.getByRole('textbox', { name: 'Address' });
  await expect(address).toBeFocused();
  await keyboard.press('Escape');
  await expect(add).toBeFocused();
  await keyboard.press('Enter');
  await keyboard.type('https://hooks.halden.example/desk');
  await keyboard.press('Enter');
  await expect(
    page.getByRole('heading', { name: 'https://hooks.halden.example/desk' }),
  ).toBeVisible();
});
