// How far a message came, as each side sees it: sent, on a device of the other side, seen there. Not reading by oneself.
import { Chat } from '../support/chat.ts';
import { Dashboard } from '../support/dashboard.ts';
import { expect, test } from '../support/test.ts';

test('both sides see their messages sent, then delivered, then seen', async ({ desk, people }) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  await chat.page.goto(desk.site.url);
  await chat.open();
  await chat.begin('Is the blue one in stock?', 'Anna Berg');
  const question = chat.row('Is the blue one in stock?');
  await expect(question).toContainText('Sent');

  // A list is on a device; only the thread shows the message.
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  await maya.logIn(desk.maya);
  await expect(question).toContainText('Delivered');
  await maya.goTo('All open');
  await maya.open('Anna Berg');
  await expect(question).toContainText('Seen');

  const mark = (words: string | RegExp) => maya.log.getByText(words, { exact: true });
  await chat.root.getByRole('button', { name: 'Close chat' }).click();
  await chat.page.goto('about:blank');
  await maya.say('Yes, two of them');
  await maya.hasSentAll();
  await expect(mark('Sent')).toBeAttached();
  await expect(mark('Delivered')).toHaveCount(0);
  await chat.page.goto(desk.site.url);
  await expect(mark('Delivered')).toBeAttached();
  await expect(mark(/^· Seen/)).toHaveCount(0);
  await chat.open();
  await expect(mark(/^· Seen/)).toBeVisible();
});
