// Being told of what one does not look at: in the title, on the icon, on the desktop, in every account. Not the sound itself.
import type { Page } from '@playwright/test';
import { isAccessible } from '../support/axe.ts';
import { runJson } from '../support/binary.ts';
import { Dashboard } from '../support/dashboard.ts';
import { VisitorCalls } from '../support/rest.ts';
import { expect, test } from '../support/test.ts';

interface Told {
  title: string;
  body: string;
}

/** A browser that allows notifications and keeps them, on a tab that can be hidden. */
function keepNotifications(): void {
  const told: Told[] = [];
  class Kept {
    static permission = 'default';
    static requestPermission() {
      Kept.permission = 'granted';
      return Promise.resolve('granted');
    }
    onclick: (() => void) | null = null;
    constructor(title: string, { body = '' }: NotificationOptions = {}) {
      told.push({ title, body });
      Object.assign(window, { lastNotification: this });
    }
    close() {}
  }
  let isHidden = false;
  Object.defineProperty(document, 'visibilityState', {
    get: () => (isHidden ? 'hidden' : 'visible'),
  });
  document.hasFocus = () => !isHidden;
  const hide = (hidden: boolean) => {
    isHidden = hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  Object.assign(window, { Notification: Kept, told, hide });
}

const hide = (page: Page, hidden: boolean) =>
  page.evaluate((it) => (window as unknown as { hide(on: boolean): void }).hide(it), hidden);
const told = (page: Page) => page.evaluate(() => (window as unknown as { told: Told[] }).told);

test('of two hidden tabs one tells, and a press on it opens the conversation', async ({
  desk,
  people,
}) => {
  const page = await people.newBrowser();
  await page.context().addInitScript(keepNotifications);
  const maya = new Dashboard(page, desk.server.url);
  await maya.logIn(desk.maya);
  await page.getByRole('button', { name: 'Theme and log out' }).click();
  await isAccessible(page, 'own menu');
  await page.getByRole('menuitem', { name: 'Notifications' }).click();
  await isAccessible(page, 'notification settings');
  await page.getByRole('button', { name: 'Allow notifications' }).click();
  await expect(page.getByRole('switch', { name: 'Show on the desktop' })).toBeChecked();
  await page.keyboard.press('Escape');

  // The permission is the browser's; the stub has one per tab.
  await page.context().addInitScript(() => {
    (window as unknown as { Notification: { permission: string } }).Notification.permission =
      'granted';
  });
  const second = new Dashboard(await page.context().newPage(), desk.server.url);
  await second.page.goto(`${desk.server.url}/app`);
  await expect(second.list).toBeVisible();
  await hide(page, true);
  await hide(second.page, true);
  const calm = await page.locator('link[rel=icon]').getAttribute('href');

  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Is anybody there?', { name: 'Anna Berg', echoId: 'one' });
  const all = async () => [...(await told(page)), ...(await told(second.page))];
  await expect.poll(all).toEqual([{ title: 'Anna Berg', body: 'Is anybody there?' }]);
  await expect(page).toHaveTitle(/^\(1\) /);
  expect(await page.locator('link[rel=icon]').getAttribute('href')).not.toBe(calm);

  const teller = (await told(page)).length > 0 ? page : second.page;
  await hide(teller, false);
  await teller.evaluate(() => {
    (window as unknown as { lastNotification: { onclick(): void } }).lastNotification.onclick();
  });
  const chat = new Dashboard(teller, desk.server.url);
  await expect(chat.thread('Anna Berg')).toBeVisible();
  await expect(teller).toHaveTitle(/^Anna Berg/);
  // What is before one's eyes is not told on the desktop, by no tab.
  await anna.say('Hello?');
  await expect(chat.log.getByText('Hello?')).toBeVisible();
  await anna.say('And now?');
  await expect(chat.log.getByText('And now?')).toBeVisible();
  expect(await all()).toHaveLength(1);
});

test('choices follow the person into another browser; the permission does not', async ({
  desk,
  people,
}) => {
  const openChoices = async (maya: Dashboard) => {
    await maya.page.getByRole('button', { name: 'Theme and log out' }).click();
    await maya.page.getByRole('menuitem', { name: 'Notifications' }).click();
  };
  const first = await people.newBrowser();
  await first.context().addInitScript(keepNotifications);
  const maya = new Dashboard(first, desk.server.url);
  await maya.logIn(desk.maya);
  await openChoices(maya);
  // The first try to keep it fails: it is said, and can be repeated.
  await first.route('**/api/v1/profile', (route) => route.abort(), { times: 1 });
  await first.getByRole('radio', { name: 'Conversations that I own or joined' }).check();
  await expect(first.getByText('Not saved')).toBeVisible();
  await first.getByRole('button', { name: 'Try again' }).click();
  await expect(first.getByText('Not saved')).toHaveCount(0);
  const kept = first.waitForResponse('**/api/v1/profile');
  await first.getByRole('button', { name: 'Allow notifications' }).click();
  await kept;

  const second = await people.newBrowser();
  await second.context().addInitScript(keepNotifications);
  const again = new Dashboard(second, desk.server.url);
  await again.logIn(desk.maya);
  await openChoices(again);
  await expect(
    second.getByRole('radio', { name: 'Conversations that I own or joined' }),
  ).toBeChecked();
  await expect(second.getByText('this browser has not allowed it yet')).toBeVisible();
  await expect(second.getByRole('button', { name: 'Allow notifications' })).toBeVisible();
});

test('what happens in another account shows at the switch to it', async ({
  desk,
  directory,
  people,
}) => {
  const other = await runJson<{ account_id: number; website_token: string }>(
    // prettier-ignore
    ['account', 'create', '--name', 'Nordlys', '--owner-name', desk.maya.name, '--owner-email', desk.maya.email, '--owner-password', '-', '--data', directory, '--json'],
    desk.maya.password,
  );
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  const visitor = new VisitorCalls(desk.server.url, other.website_token);
  await visitor.begin('God dag', { name: 'Nils', echoId: 'one' });
  const elsewhere = maya.page.getByRole('button', { name: /Switch account/ });
  await expect(elsewhere).toContainText('1');
  await expect(maya.page).toHaveTitle(/^\(1\) /);
  await elsewhere.click();
  await isAccessible(maya.page, 'accounts');
  await maya.page.getByRole('menuitemradio', { name: /Nordlys/ }).click();
  await maya.goTo('Unassigned');
  await expect(maya.row('Nils')).toBeVisible();
});
