// Getting into the dashboard and out of it: refusals in words, and the way back to where one was. Not what is inside.
import { runText } from '../support/binary.ts';
import { Dashboard } from '../support/dashboard.ts';
import { VisitorCalls } from '../support/rest.ts';
import { shoot } from '../support/shots.ts';
import { expect, test } from '../support/test.ts';

/** Between two pings of the server. */
const PING_MS = 15_000;

test('a wrong password is refused in words, and nothing has to be typed anew', async ({
  desk,
  people,
}) => {
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.page.goto(`${desk.server.url}/`);
  await expect(maya.page).toHaveURL(`${desk.server.url}/login`);
  await maya.fillLogin(desk.maya.email, 'not her password');
  await expect(maya.page.getByRole('alert')).toContainText(
    'e-mail address and password do not match',
  );
  const password = maya.page.getByRole('textbox', { name: 'Password' });
  await expect(password).toBeFocused();
  await expect(maya.page.getByRole('textbox', { name: 'E-mail' })).toHaveValue(desk.maya.email);
  await shoot(maya.page, 'login-wrong');

  await password.fill(desk.maya.password);
  await password.press('Enter');
  await expect(maya.list).toBeVisible();
});

test('an unknown address is refused in the same words', async ({ desk, people }) => {
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.page.goto(`${desk.server.url}/login`);
  await maya.fillLogin('nobody@halden.example', desk.maya.password);
  await expect(maya.page.getByRole('alert')).toContainText(
    'e-mail address and password do not match',
  );
});

test('whoever guesses is told to wait, and for how long', async ({ desk, people }) => {
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.page.goto(`${desk.server.url}/login`);
  const guess = (password: string) =>
    maya.page.request.post(`${desk.server.url}/api/v1/session`, {
      data: { email: desk.maya.email, password },
      headers: { origin: desk.server.url },
    });
  await expect(async () => expect((await guess('a guess')).status()).toBe(429)).toPass({
    intervals: [0],
  });
  const answer = await guess(desk.maya.password);
  expect(answer.status()).toBe(429);
  expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(0);

  await maya.fillLogin(desk.maya.email, desk.maya.password);
  await expect(maya.page.getByText(/^Too many tries\. Try again in \d+ seconds?\.$/)).toBeVisible();
  await shoot(maya.page, 'login-throttled');
});

test('logging out ends the session on every tab, and its pages lead to the log-in', async ({
  desk,
  people,
}) => {
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  const address = maya.page.url();
  const second = await maya.page.context().newPage();
  await second.goto(`${desk.server.url}/app`);
  await expect(second.getByRole('heading', { name: 'My inbox' })).toBeVisible();

  await maya.page.getByRole('button', { name: 'Theme and log out' }).click();
  await maya.page.getByRole('menuitem', { name: 'Log out' }).click();
  const title = { name: 'Log in to Frontdesk' };
  await expect(maya.page.getByRole('heading', title)).toBeVisible();
  await expect(second.getByRole('heading', title)).toBeVisible();
  await maya.page.goto(address);
  await expect(maya.page.getByRole('heading', title)).toBeVisible();
  expect((await maya.page.request.get(`${desk.server.url}/api/v1/session`)).status()).toBe(401);
});

test('whoever follows a link while logged out arrives there after the log-in', async ({
  desk,
  people,
}) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Hello', { name: 'Anna', echoId: 'one' });
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const address = `${desk.server.url}/app/accounts/${desk.accountId}/unassigned/1`;
  await maya.page.goto(address);
  await maya.fillLogin(desk.maya.email, desk.maya.password);
  await expect(maya.thread('Anna')).toBeVisible();
  await expect(maya.page).toHaveURL(address);
});

test('a session that ends elsewhere leads to the log-in and back to where one was', async ({
  desk,
  people,
  directory,
}) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Hello', { name: 'Anna', echoId: 'one' });
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  await maya.goTo('Unassigned');
  await maya.open('Anna');
  const address = maya.page.url();
  await maya.reply.fill('Hello Anna');
  const fresh = 'a new road with 8 turns';
  await runText(
    ['user', 'password', '--email', desk.maya.email, '--password', '-', '--data', directory],
    fresh,
  );

  // Another process ended it: the server learns of that when it looks, with each ping, and ends the page's socket.
  const ended = maya.page.getByText('Your session has ended.');
  await expect(ended).toBeVisible({ timeout: 2 * PING_MS });
  await maya.fillLogin(desk.maya.email, fresh);
  await expect(maya.page).toHaveURL(address);
  await expect(maya.reply).toHaveValue('Hello Anna');
  await maya.reply.press('Enter');
  await expect(maya.bubble('Hello Anna')).toBeVisible();
  await expect
    .poll(async () => (await anna.messages()).map((it) => it.content))
    .toContain('Hello Anna');
});
