// One's own page: what is changed there is seen by others, at once and later. Not the REST rules behind it.
import { AxeBuilder } from '@axe-core/playwright';
import { Dashboard } from '../support/dashboard.ts';
import { shoot } from '../support/shots.ts';
import { expect, test } from '../support/test.ts';

/** A picture of 40 by 20 pixels, made in the page. */
async function picture(on: Dashboard): Promise<Buffer> {
  const bytes = await on.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 20);
    const paint = canvas.getContext('2d');
    if (!paint) throw new Error('no canvas');
    paint.fillStyle = '#b3541e';
    paint.fillRect(0, 0, 40, 20);
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
  });
  return Buffer.from(bytes);
}

test('a name and a picture are changed, and a colleague sees them without a reload', async ({
  desk,
  people,
}) => {
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  await maya.page.getByRole('button', { name: /Theme and log out/ }).click();
  await maya.page.getByRole('menuitem', { name: 'Your profile' }).click();
  await expect(maya.page.getByRole('heading', { name: 'Your profile' })).toBeVisible();
  await shoot(maya.page, 'profile-1440');

  const [chooser] = await Promise.all([
    maya.page.waitForEvent('filechooser'),
    maya.button('Choose a picture').click(),
  ]);
  await chooser.setFiles({ name: 'me.png', mimeType: 'image/png', buffer: await picture(maya) });
  await expect(maya.page.getByText('Your picture is changed')).toBeVisible();
  const shown = maya.page.getByRole('group', { name: 'Picture' }).locator('img');
  await expect(shown).toHaveJSProperty('naturalWidth', 256);
  await expect(shown).toHaveJSProperty('naturalHeight', 256);

  await maya.page.getByRole('textbox', { name: 'Name' }).fill('Maya Lindqvist');
  await maya.button('Save').first().click();
  await expect(maya.page.getByText('Saved')).toBeVisible();
  // The menu at the lower left heard of it as everybody does.
  await expect(maya.page.getByRole('navigation').getByText('Maya Lindqvist')).toBeVisible();
  await expect(maya.page.getByRole('navigation').locator('img')).toBeVisible();

  await maya.page.reload();
  await expect(maya.page.getByRole('textbox', { name: 'Name' })).toHaveValue('Maya Lindqvist');
  await maya.button('Remove').click();
  await expect(maya.page.getByText('Your picture is removed')).toBeVisible();
  await expect(maya.page.getByRole('group', { name: 'Picture' }).locator('img')).toHaveCount(0);
});

test('what is no picture is refused in words, and nothing changes', async ({ desk, people }) => {
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  await maya.page.goto(`${desk.server.url}/app/accounts/${desk.accountId}/profile`);
  const [chooser] = await Promise.all([
    maya.page.waitForEvent('filechooser'),
    maya.button('Choose a picture').click(),
  ]);
  await chooser.setFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('<html>') });
  await expect(maya.page.getByText('This file is not a picture that can be shown')).toBeVisible();
  await expect(maya.button('Choose a picture')).toBeVisible();
});

test('a signature shows how it looks, and is there later', async ({ desk, people }) => {
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  await maya.page.goto(`${desk.server.url}/app/accounts/${desk.accountId}/profile`);
  await maya.page.getByRole('textbox', { name: 'Your signature' }).fill('Maya\n**Halden**');
  await expect(maya.page.locator('strong', { hasText: 'Halden' })).toBeVisible();
  await maya.button('Save').nth(1).click();
  await expect(maya.page.getByText('Saved')).toBeVisible();
  await maya.page.reload();
  await expect(maya.page.getByRole('textbox', { name: 'Your signature' })).toHaveValue(
    'Maya\n**Halden**',
  );
});

test('a new password ends the other log-in and keeps this one', async ({ desk, people }) => {
  const here = new Dashboard(await people.newBrowser(), desk.server.url);
  const elsewhere = new Dashboard(await people.newBrowser(), desk.server.url);
  await here.logIn(desk.maya);
  await elsewhere.logIn(desk.maya);
  await here.page.goto(`${desk.server.url}/app/accounts/${desk.accountId}/profile`);
  const current = here.page.getByLabel('Current password');
  const fresh = here.page.getByLabel('New password');
  await current.fill('not my password');
  await fresh.fill('another horse battery');
  await here.button('Change password').click();
  await expect(here.page.getByText('Current password is invalid')).toBeVisible();
  await current.fill(desk.maya.password);
  await here.button('Change password').click();
  await expect(here.page.getByText('You are logged out everywhere else.')).toBeVisible();
  await expect(current).toHaveValue('');
  await expect(elsewhere.page.getByRole('heading', { name: 'Log in' })).toBeVisible();
});

test('a new API token says what it ends, is shown once, and works', async ({ desk, people }) => {
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  await maya.page.goto(`${desk.server.url}/app/accounts/${desk.accountId}/profile`);
  await maya.button('Make a new token').click();
  const question = maya.page.getByRole('dialog', { name: 'Make a new API token?' });
  await expect(question.getByText('Every older token stops working at once')).toBeVisible();
  await question.getByRole('button', { name: 'Make a new token' }).click();
  const field = maya.page.getByRole('textbox', { name: 'Your new API token' });
  await expect(field).toBeVisible();
  const ask = (token: string) =>
    fetch(`${desk.server.url}/api/v1/profile`, { headers: { api_access_token: token } });
  expect((await ask(await field.inputValue())).status).toBe(200);
  expect((await ask(desk.maya.apiToken)).status).toBe(401);
  await maya.page.reload();
  await expect(maya.button('Make a new token')).toBeVisible();
  await expect(field).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing on it, ${width}, ${colorScheme}`, async ({ desk, people }) => {
      const look = {
        viewport: { width, height: 900 },
        colorScheme,
        reducedMotion: 'reduce',
      } as const;
      const maya = new Dashboard(await people.newBrowser(look), desk.server.url);
      await maya.logIn(desk.maya);
      await maya.page.goto(`${desk.server.url}/app/accounts/${desk.accountId}/profile`);
      await expect(maya.page.getByRole('button', { name: 'Make a new token' })).toBeVisible();
      const { violations } = await new AxeBuilder({ page: maya.page }).analyze();
      await shoot(maya.page, `profile-${width}-${colorScheme}`);
      expect(
        violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`)),
      ).toEqual([]);
    });
  }
}
