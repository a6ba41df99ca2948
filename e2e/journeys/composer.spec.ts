// Writing as a member does all day: reply and note kept apart, drafts, the keys, emoji. Not files: see attachments-desk.spec.ts.
import { AxeBuilder } from '@axe-core/playwright';
import { Dashboard } from '../support/dashboard.ts';
import { MemberCalls, VisitorCalls } from '../support/rest.ts';
import { expect, test } from '../support/test.ts';

test('a note and a reply have words of their own, and each is sent as what it is', async ({
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
  const ways = page.getByRole('group', { name: 'Write as' });
  const note = page.getByRole('textbox', { name: 'Note' });

  await maya.reply.fill('Dear Anna');
  await ways.getByRole('button', { name: 'Note' }).click();
  await expect(note).toHaveValue('');
  await note.fill('She is a good customer');
  await expect(page.getByRole('button', { name: 'Add note' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toHaveCount(0);

  await test.step('both are there after a reload, in the mode they were left in', async () => {
    // The draft is written down a moment after the last key, and when the page goes.
    await page.reload();
    await expect(note).toHaveValue('She is a good customer');
    await ways.getByRole('button', { name: /^Reply/ }).click();
    await expect(maya.reply).toHaveValue('Dear Anna');
  });

  await test.step('sending one leaves the other', async () => {
    await ways.getByRole('button', { name: /^Note/ }).click();
    await note.press('Enter');
    await expect(maya.bubble('She is a good customer')).toBeVisible();
    await ways.getByRole('button', { name: /^Reply/ }).click();
    await maya.reply.press('Enter');
    await expect(maya.bubble('Dear Anna')).toBeVisible();
    await maya.hasSentAll();
  });

  expect((await anna.messages()).map(({ content }) => content)).not.toContain(
    'She is a good customer',
  );
  const calls = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  const sent = (await calls.messages(1)).filter(({ message_type }) => message_type === 1);
  expect(sent.map((one) => [one.content, one.private])).toEqual([
    ['She is a good customer', true],
    ['Dear Anna', false],
  ]);
});

test('keys format, choose what sends, and find an emoji', async ({ desk, people }) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Hello', { name: 'Anna Berg', echoId: 'one' });
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const { page } = maya;
  await maya.logIn(desk.maya);
  await maya.goTo('All open');
  await maya.open('Anna Berg');

  await page.keyboard.type('It is ');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('safe');
  await expect(maya.reply).toHaveValue('It is **safe**');
  await maya.reply.press('End');

  await page.getByRole('button', { name: 'Emoji' }).click();
  await expect(page.getByRole('searchbox', { name: 'Search emoji' })).toBeFocused();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.keyboard.type('tada');
  await page.keyboard.press('Enter');
  await expect(maya.reply).toHaveValue('It is **safe**🎉');
  await expect(maya.reply).toBeFocused();

  await page.getByRole('button', { name: /^Enter sends/ }).click();
  await expect(maya.reply).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(maya.reply).toHaveValue('It is **safe**🎉\n');
  await page.keyboard.press('Control+Enter');
  await expect(maya.log.locator('strong')).toHaveText('safe');
});

test('who answers meanwhile is told of, and a reply reopens', async ({ desk, people }) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Hello', { name: 'Anna Berg', echoId: 'one' });
  const priya = new MemberCalls(desk.server.url, desk.accountId, desk.priya.apiToken);
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  await maya.goTo('All open');
  await maya.open('Anna Berg');
  await maya.reply.pressSequentially('Good mor');
  await priya.say(1, 'I have it');
  await expect(maya.page.getByText('Priya answered while you were writing.')).toBeVisible();
  await maya.button('Resolve').click();
  await expect(maya.button('Reopen')).toBeVisible();
  await maya.say('Good morning');
  await expect(maya.button('Resolve')).toBeVisible();
});

test('a reply ends with the signature, unless one leaves it out', async ({ desk, people }) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Hello', { name: 'Anna Berg', echoId: 'one' });
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  await maya.page.goto(`${desk.server.url}/app/accounts/${desk.accountId}/profile`);
  await maya.page.getByRole('textbox', { name: 'Your signature' }).fill('**Maya** from Halden');
  const section = maya.page.locator('form', { hasText: 'Your signature' });
  await section.getByRole('button', { name: 'Save' }).click();
  await expect(section.getByText('Saved')).toBeVisible();
  await maya.page.getByRole('link', { name: 'All open' }).click();
  await maya.open('Anna Berg');

  const signs = maya.page.getByRole('switch', { name: 'Signature' });
  await expect(signs).toBeChecked();
  await maya.reply.fill('With love');
  await maya.reply.press('Enter');
  await expect(maya.log.locator('strong')).toHaveText('Maya');
  await signs.click();
  await expect(signs).not.toBeChecked();
  await maya.say('In a hurry');
  // The next one is signed again; a note never is.
  await expect(signs).toBeChecked();
  await maya.note('Between us');
  await maya.hasSentAll();
  const calls = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  expect((await calls.messages(1)).map(({ content }) => content)).toEqual(
    expect.arrayContaining(['With love\n\n**Maya** from Halden', 'In a hurry', 'Between us']),
  );
});
