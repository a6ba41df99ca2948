// The palette: finds what is loaded at once and what the server finds after it, by keys alone. Not what the server finds.
import { isAccessible } from '../support/axe.ts';
import { Dashboard } from '../support/dashboard.ts';
import { MemberCalls, VisitorCalls } from '../support/rest.ts';
import { expect, test } from '../support/test.ts';

const SEARCH = /\/api\/v1\/accounts\/\d+\/search\?/;

test('a conversation, a command and a message are found and opened by keys', async ({
  desk,
  people,
}) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Where is my invoice?', { name: 'Anna Berg', echoId: 'one' });
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const { keyboard } = maya.page;
  await maya.logIn(desk.maya);
  await maya.goTo('All open');
  await expect(maya.row('Anna Berg')).toBeVisible();

  const palette = maya.page.getByRole('dialog', { name: 'Find anything' });
  await keyboard.press('Control+k');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await isAccessible(maya.page, 'palette');
  await keyboard.type('ann');
  await expect(palette.getByRole('option', { name: /Anna Berg/ })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await keyboard.press('Enter');
  await expect(maya.thread('Anna Berg')).toBeVisible();

  // From inside the composer, too.
  await expect(maya.reply).toBeFocused();
  await keyboard.press('Control+k');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await keyboard.press('Escape');
  await expect(palette).toHaveCount(0);
  await expect(maya.reply, 'what is behind the palette stays').toBeFocused();
  await keyboard.press('Control+k');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await keyboard.type('theme: dark');
  await keyboard.press('Enter');
  await expect(maya.page.locator('html')).toHaveAttribute('data-theme', 'dark');

  await keyboard.press('Control+k');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await keyboard.type('invoice');
  const hit = palette.getByRole('option', { name: /Where is my invoice/ });
  await expect(hit.locator('mark')).toHaveText('invoice');
  await isAccessible(maya.page, 'palette with a message');
  await hit.click();
  await expect(maya.page).toHaveURL(/\/1\?message=\d+$/);
  await expect(maya.log.getByText('Where is my invoice?')).toBeVisible();
});

test('whatever one can do here, every list and one\u2019s own page are in it', async ({
  desk,
  people,
}) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Where is my invoice?', { name: 'Anna Berg', echoId: 'one' });
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const { page } = maya;
  await maya.logIn(desk.maya);
  const api = `${desk.server.url}/api/v1/accounts/${desk.accountId}`;
  const headers = { api_access_token: desk.maya.apiToken };
  const label = { title: 'rarely', color: '#2f5fdd', show_on_sidebar: false };
  await page.request.post(`${api}/labels`, { headers, data: label });
  await page.request.post(`${api}/conversations/1/labels`, {
    headers,
    data: { labels: ['rarely'] },
  });
  await maya.goTo('All open');
  await maya.open('Anna Berg');

  const palette = page.getByRole('dialog', { name: 'Find anything' });
  const choose = async (words: string, option: string) => {
    await page.keyboard.press('Control+k');
    await expect(palette.getByRole('combobox')).toBeFocused();
    await page.keyboard.type(words);
    await expect(palette.getByRole('option', { name: option })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await page.keyboard.press('Enter');
  };
  await choose('priority', 'Priority…');
  await page.getByRole('menuitemradio', { name: 'Urgent' }).click();
  await expect(maya.row('Anna Berg').getByText('Urgent')).toBeAttached();
  await choose('rarely', 'Label: rarely');
  await expect(maya.list.getByRole('heading', { name: 'rarely' })).toBeVisible();
  await expect(maya.row('Anna Berg')).toBeVisible();
  await choose('signature', 'Your profile');
  await expect(page).toHaveURL(/\/profile$/);
  await choose('log out', 'Log out');
  await expect(maya.button('Log in')).toBeVisible();
});

test('a message far up in a long conversation is opened where it stands, on a phone, too', async ({
  desk,
  people,
}) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('The parcel with the teapot arrived broken', { name: 'Anna', echoId: 'one' });
  const calls = new MemberCalls(desk.server.url, desk.accountId, desk.priya.apiToken);
  for (let n = 1; n <= 60; n += 1) await calls.say(1, `Line ${n}`);
  const page = await people.newBrowser({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  });
  const maya = new Dashboard(page, desk.server.url);
  await maya.logIn(desk.maya);
  await page.getByRole('button', { name: 'Find anything' }).click();
  const palette = page.getByRole('dialog', { name: 'Find anything' });
  await palette.getByRole('combobox').fill('teapot');
  const hit = palette.getByRole('option', { name: /arrived broken/ });
  await expect(hit.locator('mark')).toHaveText('teapot');
  await isAccessible(page, 'palette on a phone');
  await hit.click();
  await expect(maya.log.getByText('The parcel with the teapot arrived broken')).toBeInViewport();
});

test('a search that does not answer says so, and can be repeated', async ({ desk, people }) => {
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const { keyboard } = maya.page;
  let isDown = true;
  await maya.page.route(SEARCH, (route) =>
    isDown
      ? route.abort()
      : route.fulfill({ json: { payload: { conversations: [], contacts: [], messages: [] } } }),
  );
  await maya.logIn(desk.maya);
  await keyboard.press('/');
  const palette = maya.page.getByRole('dialog', { name: 'Find anything' });
  await expect(palette.getByRole('combobox')).toBeFocused();
  await keyboard.type('qqqq');
  await expect(palette.getByText('The search did not answer')).toBeVisible();
  isDown = false;
  await palette.getByRole('button', { name: 'Try again' }).click();
  await expect(palette.getByText('Nothing found for “qqqq”')).toBeVisible();
  await expect(palette.getByText('The search did not answer')).toHaveCount(0);
  await keyboard.press('Escape');
  await expect(palette).toHaveCount(0);
});
