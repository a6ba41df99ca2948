// Work by single keys: what each does, that none does anything while one types, and that they can be switched off.
// Not the order of the focus: see keyboard.spec.ts.
import { isAccessible } from '../support/axe.ts';
import { Dashboard } from '../support/dashboard.ts';
import { VisitorCalls } from '../support/rest.ts';
import { expect, test } from '../support/test.ts';

test('lists, rows and conversations by keys', async ({ desk, people }) => {
  for (const name of ['Anna', 'Bela', 'Cleo'])
    await new VisitorCalls(desk.server.url, desk.websiteToken).begin('Hello', {
      name,
      echoId: 'one',
    });
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const { keyboard } = maya.page;
  await maya.logIn(desk.maya);
  const press = async (...keys: string[]) => {
    for (const key of keys) await keyboard.press(key);
  };

  await press('g', 'a');
  await expect(maya.list.getByRole('heading', { name: 'All open' })).toBeVisible();
  await expect(maya.row('Cleo')).toBeVisible();
  await press('j');
  await expect(maya.row('Cleo')).toBeFocused();
  await press('e');
  await expect(maya.row('Cleo')).toHaveCount(0);
  await press('g', 'r');
  await expect(maya.row('Cleo')).toBeVisible();

  await press('g', 'u', 'j', 'j');
  await expect(maya.row('Anna')).toBeFocused();
  await press('Enter');
  await expect(maya.thread('Anna')).toBeVisible();
  // Letters are text now.
  await expect(maya.reply).toBeFocused();
  await keyboard.type('gae?x');
  await expect(maya.reply).toHaveValue('gae?x');
  await expect(maya.thread('Anna')).toBeVisible();
  await maya.reply.fill('');
  await maya.thread('Anna').focus();
  await press('[');
  await expect(maya.thread('Bela')).toBeVisible();
  await maya.thread('Bela').focus();
  await press(']');
  await expect(maya.thread('Anna')).toBeVisible();
});

test('the sheet names every key, and switches single ones off', async ({ desk, people }) => {
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const { keyboard } = maya.page;
  await maya.logIn(desk.maya);
  await keyboard.press('?');
  const sheet = maya.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toBeVisible();
  await expect(sheet.getByText('Resolve or reopen')).toBeVisible();
  await isAccessible(maya.page, 'shortcuts');
  // A key means nothing behind a layer.
  await keyboard.press('g');
  await keyboard.press('u');
  await sheet.getByRole('switch', { name: 'Single-key shortcuts' }).click();
  await keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(maya.list.getByRole('heading', { name: 'My inbox' })).toBeVisible();

  await keyboard.press('g');
  await keyboard.press('u');
  await keyboard.press('?');
  await expect(maya.list.getByRole('heading', { name: 'My inbox' })).toBeVisible();
  await expect(sheet).toHaveCount(0);
  await keyboard.press('Control+k');
  await expect(maya.page.getByRole('dialog', { name: 'Find anything' })).toBeVisible();
});
