// The first five minutes with Frontdesk: the demo's shop and its dashboard, a visitor and Maya. Not outages or looks.
import { Chat } from '../support/chat.ts';
import { Dashboard } from '../support/dashboard.ts';
import { shoot } from '../support/shots.ts';
import { expect, test } from '../support/test.ts';
import { recordWire } from '../support/wire.ts';

test('a visitor of the shop and Maya talk live, and a private note stays among members', async ({
  demo,
  people,
}) => {
  const tab = await people.newBrowser();
  const wire = recordWire(tab);
  const chat = Chat.behindBubble(tab);
  const maya = new Dashboard(await people.newBrowser(), demo.server.url);

  await test.step('Maya logs in with what the demo printed', async () => {
    await maya.logIn(demo);
    await maya.goTo('Unassigned');
  });

  await test.step('the shop is on an origin of its own, and its bubble opens the chat', async () => {
    expect(new URL(demo.shop).origin).not.toBe(demo.server.url);
    await tab.goto(demo.shop);
    await chat.open();
    await shoot(tab, 'widget-welcome');
  });

  await test.step('the shop shows what a website’s own script can do, and hears of it', async () => {
    const run = (line: string) => tab.getByRole('button', { name: line, exact: true }).click();
    await run('chat.close()');
    await expect(chat.bubble).toBeVisible();
    await run('chat.hide()');
    await expect(chat.bubble).toHaveCount(0);
    await run('chat.open()');
    await expect(chat.message).toBeVisible();
    const told = tab.getByRole('log', { name: 'What the chat tells the page' });
    await expect(told.getByRole('listitem').first()).toHaveText('open');
  });

  await test.step('what the visitor writes is in the list at once, with its count', async () => {
    await chat.begin('Is the Moss jug dishwasher safe?', 'Ingrid Dahl');
    const row = maya.row('Ingrid Dahl');
    await expect(row).toContainText('Is the Moss jug dishwasher safe?');
    await expect(row).toContainText('1 unread');
    await chat.say('The large one');
    await expect(row).toContainText('2 unread');
    await expect(maya.page).toHaveTitle(/^\(\d+\)/);
    await shoot(maya.page, 'dashboard-list');
  });

  await test.step('opening it shows both messages and takes the count away', async () => {
    await maya.open('Ingrid Dahl');
    await expect(maya.bubble('The large one')).toBeVisible();
    await expect(maya.row('Ingrid Dahl')).not.toContainText('unread');
  });

  await test.step('each sees that the other is typing', async () => {
    await chat.message.pressSequentially('And ');
    await expect(maya.log.getByText('Ingrid is typing…')).toBeVisible();
    await shoot(maya.page, 'dashboard-typing');
    await chat.message.fill('');
    await maya.reply.pressSequentially('It is! ');
    await expect(chat.log.getByText('Maya typing')).toBeAttached();
    await shoot(tab, 'widget-typing');
  });

  await test.step('a reply joins Maya, makes her the owner, and is with the visitor at once', async () => {
    await maya.say('It is! Both sizes are.');
    await expect(maya.thread('Ingrid Dahl').getByText('Owned by you')).toBeVisible();
    await expect(chat.row('It is! Both sizes are.')).toContainText('Maya');
    await expect(chat.root.getByRole('heading', { name: 'Maya' })).toBeVisible();
    await expect(chat.log.getByText('Maya typing')).toHaveCount(0);
  });

  await test.step('a private note reaches members only', async () => {
    await maya.note('Returned two jugs last year');
    await expect(maya.log.getByText('Private note, members only')).toBeVisible();
    await maya.say('Anything else?');
    await chat.shows([
      'Is the Moss jug dishwasher safe?',
      'The large one',
      'It is! Both sizes are.',
      'Anything else?',
    ]);
    await shoot(maya.page, 'dashboard-thread');
    await shoot(tab, 'widget-chat');
  });

  await test.step('resolving tells the visitor, and the next message reopens', async () => {
    const notice = chat.root.getByText('This conversation was resolved. Write to reopen it.');
    await maya.button('Resolve').click();
    await expect(notice).toBeVisible();
    await expect(maya.button('Reopen')).toBeVisible();
    await shoot(tab, 'widget-resolved');
    await shoot(maya.page, 'dashboard-resolved');
    await chat.say('One more thing');
    await expect(notice).toHaveCount(0);
    await expect(maya.bubble('One more thing')).toBeVisible();
    await expect(maya.button('Resolve')).toBeVisible();
  });

  await test.step('nothing of the note was ever sent to the visitor', async () => {
    await tab.reload();
    await expect(chat.row('One more thing')).toBeVisible();
    const received = await wire.received();
    expect(received).toContain('One more thing');
    expect(received).not.toContain('Returned two jugs');
    for (const frame of tab.frames())
      expect(await frame.content()).not.toContain('Returned two jugs');
  });
});
