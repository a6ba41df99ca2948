// Whose a conversation is: taken, handed over, taken back, and put off as unread. Not routing.
import { AxeBuilder } from '@axe-core/playwright';
import { Dashboard } from '../support/dashboard.ts';
import { VisitorCalls } from '../support/rest.ts';
import { expect, test } from '../support/test.ts';

test('a conversation is taken, handed over by keyboard, and taken back', async ({
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
  const thread = maya.thread('Anna Berg');

  await maya.button('Take').click();
  await expect(thread.getByText('Owned by you')).toBeVisible();
  await expect(maya.button('Take')).toHaveCount(0);

  await maya.log.focus();
  await page.keyboard.press('a');
  const field = page.getByRole('combobox', { name: 'Assign to…' });
  await expect(field).toBeFocused();
  await expect(page.getByRole('option')).toHaveText([/Maya Okafor/, /Priya Raman/, /Nobody/]);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.keyboard.type('pri');
  await page.keyboard.press('Enter');
  await expect(thread.getByText('Owned by Priya Raman')).toBeVisible();
  await expect(maya.log.getByText(/handed the conversation to Priya Raman/)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(thread.getByText('Owned by you')).toBeVisible();
});

test('marking as unread goes back to the list, where it counts again', async ({ desk, people }) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Hello', { name: 'Anna Berg', echoId: 'one' });
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const { page } = maya;
  await maya.logIn(desk.maya);
  await maya.goTo('All open');
  await maya.open('Anna Berg');
  await expect(maya.row('Anna Berg')).not.toContainText('unread');
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Mark as unread' }).click();
  await expect(maya.thread('Anna Berg')).toHaveCount(0);
  await expect(maya.row('Anna Berg')).toContainText('1 unread');
});
