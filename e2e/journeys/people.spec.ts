// What is known of a contact, changed beside the conversation. Not the contacts' own pages.
import { AxeBuilder } from '@axe-core/playwright';
import { Dashboard } from '../support/dashboard.ts';
import { VisitorCalls } from '../support/rest.ts';
import { expect, test } from '../support/test.ts';

test('a contact is changed in place, by keyboard, with a way back, and seen everywhere', async ({
  desk,
  people,
}) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Hello', { name: 'Anna Berg', echoId: 'one' });
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const { page } = maya;
  await maya.logIn(desk.maya);
  await maya.goTo('All open');
  await maya.open('Anna Berg');
  const panel = page.getByRole('complementary', { name: 'People' });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await panel.getByRole('button', { name: 'Name: Anna Berg. Change' }).press('Enter');
  await expect(panel.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('Anna Lind');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('button', { name: 'Name: Anna Lind. Change' })).toBeFocused();
  await expect(maya.row('Anna Lind')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(maya.row('Anna Berg')).toBeVisible();

  await panel.getByRole('button', { name: 'E-mail: change' }).click();
  await page.keyboard.type('no address');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('alert')).toBeVisible();
  await page.keyboard.press('Escape');

  await panel.getByRole('button', { name: 'Add attribute' }).click();
  await page.keyboard.type('plan');
  await page.keyboard.press('Tab');
  await page.keyboard.type('gold');
  await page.keyboard.press('Enter');
  const plan = panel.getByRole('button', { name: 'plan: gold. Change' });
  await expect(plan).toBeVisible();
  await panel.getByRole('button', { name: 'Remove plan' }).click();
  await expect(plan).toHaveCount(0);
  await panel.getByRole('button', { name: 'Add conversation attribute' }).click();
  await page.keyboard.type('order');
  await page.keyboard.press('Tab');
  await page.keyboard.type('20844');
  await page.keyboard.press('Enter');
  const order = panel.getByRole('button', { name: 'order: 20844. Change' });
  await expect(order).toBeVisible();
  await panel.getByRole('button', { name: 'Remove order' }).click();
  await expect(order).toHaveCount(0);
  await page.getByText('order changed').last().waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(order).toBeVisible();
  // Gone from the server, or kept by it; not only shown so.
  await page.reload();
  await expect(order).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Name: Anna Berg. Change' })).toBeVisible();
  await expect(plan).toHaveCount(0);
});

test('two contacts become one', async ({ desk, people }) => {
  for (const name of ['Anna Berg', 'Bela Kiss']) {
    const visitor = new VisitorCalls(desk.server.url, desk.websiteToken);
    await visitor.begin(`I am ${name}`, { name, echoId: 'one' });
  }
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const { page } = maya;
  await maya.logIn(desk.maya);
  await maya.goTo('All open');
  await maya.open('Anna Berg');
  const panel = page.getByRole('complementary', { name: 'People' });
  await panel.getByRole('button', { name: 'Merge with another contact…' }).click();
  await page.getByRole('searchbox', { name: 'Search contacts' }).fill('Bela');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Bela Kiss/ })
    .click();
  await expect(page.getByText('This cannot be undone.')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: 'Merge Bela Kiss into this contact' }).click();
  await expect(maya.row('Anna Berg')).toHaveCount(2);
});
