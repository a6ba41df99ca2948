// Labels and priority of a conversation, by keyboard, seen by a colleague at once. Not the list's filters.
import { AxeBuilder } from '@axe-core/playwright';
import { Dashboard } from '../support/dashboard.ts';
import { VisitorCalls } from '../support/rest.ts';
import { expect, test } from '../support/test.ts';

test('a label is made and put on without a pointer, and a colleague sees it', async ({
  desk,
  people,
}) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Hello', { name: 'Anna Berg', echoId: 'one' });
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const priya = new Dashboard(await people.newBrowser(), desk.server.url);
  for (const [one, who] of [
    [maya, desk.maya],
    [priya, desk.priya],
  ] as const) {
    await one.logIn(who);
    await one.goTo('All open');
    await one.open('Anna Berg');
  }
  const { page } = maya;
  await maya.log.focus();
  await page.keyboard.press('l');
  const field = page.getByRole('combobox', { name: 'Labels' });
  await expect(field).toBeFocused();
  await page.keyboard.type('Big order');
  await expect(page.getByRole('button', { name: 'Create “big-order”' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { name: 'big-order' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'More actions' })).toBeFocused();
  const head = (desk: Dashboard) => desk.thread('Anna Berg').getByRole('list', { name: 'Labels' });
  await expect(head(maya).first()).toHaveText('big-order');
  await expect(head(priya).first()).toHaveText('big-order');

  await test.step('priority, with a way back', async () => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Priority…' }).click();
    await page.getByRole('menuitemradio', { name: 'Urgent' }).click();
    await expect(page.getByText('Priority: Urgent')).toBeVisible();
    await expect(priya.row('Anna Berg')).toContainText('Urgent');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(priya.row('Anna Berg')).not.toContainText('Urgent');
  });
});
