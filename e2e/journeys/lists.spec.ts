// Lists of conversations as a member works through them: to the end by scrolling, calm while things happen, narrowed, selected.
// Not their order and memory, which unit tests hold to.
import { isAccessible } from '../support/axe.ts';
import { Dashboard } from '../support/dashboard.ts';
import type { Desk } from '../support/desk.ts';
import { MemberCalls, VisitorCalls } from '../support/rest.ts';
import { expect, test } from '../support/test.ts';

const MANY = 55;

/** So many visitors who each say hello, one after the other. */
async function visitors(desk: Desk, count: number): Promise<VisitorCalls[]> {
  const all: VisitorCalls[] = [];
  for (let n = 1; n <= count; n++) {
    const visitor = new VisitorCalls(desk.server.url, desk.websiteToken);
    await visitor.begin(`Question ${n}`, { name: `Visitor ${n}`, echoId: 'one' });
    all.push(visitor);
  }
  return all;
}

test('every conversation is reached by scrolling, and few rows are drawn', async ({
  desk,
  people,
}) => {
  await visitors(desk, MANY);
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  await maya.goTo('All open');
  await expect(maya.row(`Visitor ${MANY}`)).toBeVisible();
  const seen = new Set<string>();
  await maya.row(`Visitor ${MANY}`).focus();
  for (let step = 1; step < MANY; step++) {
    await maya.page.keyboard.press('ArrowDown');
    const row = maya.list.locator('[data-row]:focus');
    await expect(row).toContainText(`Visitor ${MANY - step}`);
    seen.add((await row.getAttribute('data-row')) ?? '');
  }
  expect(seen.size).toBe(MANY - 1);
  await expect(maya.list.getByText(`That is all: ${MANY} conversations.`)).toBeVisible();
  expect(await maya.list.locator('[data-row]').count()).toBeLessThan(MANY);
});

test('a link to a conversation shows its row, the first as well as one far down', async ({
  desk,
  people,
}) => {
  await visitors(desk, 20);
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  for (const number of [20, 1]) {
    await maya.page.goto(`${desk.server.url}/app/accounts/${desk.accountId}/open/${number}`);
    await expect(maya.thread(`Visitor ${number}`)).toBeVisible();
    await expect(maya.list.locator('[aria-current=true]')).toBeInViewport({ ratio: 1 });
  }
});

test('what one reads stays where it is when others are written to', async ({ desk, people }) => {
  const [first] = await visitors(desk, 40);
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  await maya.goTo('All open');
  await expect(maya.row('Visitor 40')).toBeVisible();
  const read = maya.row('Visitor 18');
  await maya.list.locator('[data-row]').last().hover();
  await expect(async () => {
    await maya.page.mouse.wheel(0, 400);
    await expect(read).toBeInViewport({ timeout: 500 });
  }).toPass();
  // The wheel's own movement ends before anything is measured.
  await expect
    .poll(async () => {
      const before = (await read.boundingBox())?.y;
      await maya.page.evaluate(() => new Promise(requestAnimationFrame));
      return (await read.boundingBox())?.y === before;
    })
    .toBe(true);
  const top = (await read.boundingBox())?.y ?? -1;
  await first?.say('Are you there?');
  // Told to a screen reader, because it is not on show; its row is above everything that is drawn here.
  await expect(maya.page.getByText('Visitor 1: Are you there?')).toBeAttached();
  await expect
    .poll(async () => Math.abs(((await read.boundingBox())?.y ?? 0) - top))
    .toBeLessThan(2);
});

test('a list is narrowed to a label and to what is unread, and keeps it', async ({
  desk,
  people,
}) => {
  await visitors(desk, 3);
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const api = `${desk.server.url}/api/v1/accounts/${desk.accountId}`;
  const headers = { api_access_token: desk.maya.apiToken };
  const post = (path: string, data: object) =>
    maya.page.request.post(api + path, { headers, data });
  await post('/labels', { title: 'billing', color: '#2f5fdd', show_on_sidebar: true });
  await post('/conversations/2/labels', { labels: ['billing'] });
  await maya.logIn(desk.maya);
  await maya.goTo('All open');
  await expect(maya.row('Visitor 2')).toContainText('billing');

  const link = maya.page.getByRole('navigation').getByRole('link', { name: 'billing' });
  await expect(link).toHaveText(/billing\s*1/);
  await link.click();
  await expect(maya.list.getByRole('heading', { name: 'billing' })).toBeVisible();
  await expect(maya.list.locator('[data-row]')).toHaveCount(1);
  // Another conversation gets the label while one looks.
  await post('/conversations/3/labels', { labels: ['billing'] });
  await expect(maya.list.locator('[data-row]')).toHaveCount(2);
  await expect(link).toHaveText(/billing\s*2/);

  await maya.goTo('All open');
  await maya.open('Visitor 1');
  await maya.page.keyboard.press('Escape');
  await maya.button('Filter and order').click();
  await isAccessible(maya.page, 'filter menu');
  await maya.page.getByRole('menuitemcheckbox', { name: 'Unread only' }).click();
  await expect(maya.row('Visitor 1')).toHaveCount(0);
  await expect(maya.list.locator('[data-row]')).toHaveCount(2);
  await maya.page.reload();
  await expect(maya.list.locator('[data-row]')).toHaveCount(2);
  await expect(maya.button('Filter and order, filtered')).toBeVisible();
});

test('what is unread and who waits longest is found among all, not only among what is loaded', async ({
  desk,
  people,
}) => {
  await visitors(desk, MANY);
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const calls = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  for (let id = 2; id <= MANY; id++) await calls.markRead(id);
  // Somebody answered half of them, the ones that wait longest first.
  for (let id = 1; id <= 30; id++) await calls.say(id, 'On its way', { isPrivate: id === 3 });
  await maya.logIn(desk.maya);
  await maya.goTo('All open');
  const rows = maya.list.locator('[data-row]');
  const choose = async (role: 'menuitemradio' | 'menuitemcheckbox', name: string) => {
    await maya.list.getByRole('button', { name: /^Filter and order/ }).click();
    await maya.page.getByRole(role, { name }).click();
  };
  await choose('menuitemcheckbox', 'Unread only');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('Visitor 1');
  await choose('menuitemcheckbox', 'Unread only');

  await choose('menuitemradio', 'Longest waiting first');
  await expect(rows.nth(0)).toContainText('Visitor 3');
  await expect(rows.nth(1)).toContainText('Visitor 31');
  // An answer takes it away from the top while one looks.
  await calls.say(3, 'Sorry for the wait');
  await expect(rows.nth(0)).toContainText('Visitor 31');
  await maya.page.reload();
  await expect(rows.nth(0)).toContainText('Visitor 31');
});

test('labels are reached on a phone', async ({ desk, people }) => {
  await visitors(desk, 2);
  const page = await people.newBrowser({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  });
  const maya = new Dashboard(page, desk.server.url);
  const api = `${desk.server.url}/api/v1/accounts/${desk.accountId}`;
  const headers = { api_access_token: desk.maya.apiToken };
  const label = { title: 'billing', color: '#2f5fdd', show_on_sidebar: true };
  await page.request.post(`${api}/labels`, { headers, data: label });
  const labels = { labels: ['billing'] };
  await page.request.post(`${api}/conversations/2/labels`, { headers, data: labels });
  await maya.logIn(desk.maya);
  await maya.button('Labels and inboxes').click();
  await isAccessible(page, 'labels and inboxes');
  await page.getByRole('menuitemradio', { name: /billing/ }).click();
  await expect(maya.list.getByRole('heading', { name: 'billing' })).toBeVisible();
  await expect(maya.list.locator('[data-row]')).toHaveCount(1);
});

test('selected ones are resolved together, and come back with one press', async ({
  desk,
  people,
}) => {
  await visitors(desk, 4);
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  await maya.goTo('All open');
  await maya.row('Visitor 4').focus();
  await maya.page.keyboard.press('x');
  await maya.row('Visitor 2').click({ modifiers: ['Shift'] });
  await expect(maya.page.getByText('3 selected')).toBeVisible();
  await isAccessible(maya.page, 'selection');
  await maya.page.getByRole('toolbar').getByRole('button', { name: 'Resolve' }).click();
  await expect(maya.page.getByText('3 conversations resolved.')).toBeVisible();
  await expect(maya.list.locator('[data-row]')).toHaveCount(1);
  await maya.button('Undo').click();
  await expect(maya.list.locator('[data-row]')).toHaveCount(4);
});

test('a toast with a way back goes when somebody else was faster', async ({ desk, people }) => {
  await visitors(desk, 1);
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  await maya.goTo('All open');
  await maya.open('Visitor 1');
  await maya.page.getByRole('button', { name: 'Resolve' }).click();
  await expect(maya.button('Undo')).toBeVisible();
  const toggle = `${desk.server.url}/api/v1/accounts/${desk.accountId}/conversations/1/toggle_status`;
  await maya.page.request.post(toggle, {
    headers: { api_access_token: desk.priya.apiToken },
    data: { status: 'open' },
  });
  await expect(maya.button('Undo')).toHaveCount(0, { timeout: 5_000 });
});
