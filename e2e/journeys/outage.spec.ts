// What is written while the network or the server is away is shown as waiting, and sent once when they are back.
// Not whether the server itself forgets: see crash/.
import { Chat } from '../support/chat.ts';
import { Dashboard } from '../support/dashboard.ts';
import type { Desk } from '../support/desk.ts';
import type { People } from '../support/people.ts';
import { MemberCalls } from '../support/rest.ts';
import { shoot } from '../support/shots.ts';
import { expect, test } from '../support/test.ts';

async function contents(desk: Desk): Promise<string[]> {
  const maya = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  const messages = await maya.messages(1);
  return messages.filter((it) => it.message_type !== 2).map((it) => it.content);
}

/** A visitor on the chat's page and Maya, in the middle of a conversation; `at` is where each finds the server. */
async function midConversation(desk: Desk, people: People, at: { visitor: string; maya: string }) {
  const chat = Chat.asPage(await people.newBrowser());
  await chat.page.goto(`${at.visitor}/chat/${desk.websiteToken}`);
  await chat.begin('Hello', 'Anna');
  const maya = new Dashboard(await people.newBrowser(), at.maya);
  await maya.logIn(desk.maya);
  await maya.goTo('Unassigned');
  await maya.open('Anna');
  await maya.say('Hello Anna');
  await expect(chat.row('Hello Anna')).toBeVisible();
  return { chat, maya };
}

test('a visitor without a network writes on, and all of it arrives once', async ({
  desk,
  people,
  cable,
}) => {
  const { chat, maya } = await midConversation(desk, people, {
    visitor: cable.url,
    maya: desk.server.url,
  });
  cable.pull();
  await chat.page.context().setOffline(true);
  await chat.say('In the tunnel 1');
  await chat.say('In the tunnel 2');
  await expect(chat.row('In the tunnel 2').getByText('Sending')).toBeAttached();
  await maya.say('Are you still there?');
  const offline = chat.root.getByText('You are offline. What you write is sent later.');
  await expect(offline).toBeVisible();
  await shoot(chat.page, 'widget-offline');

  cable.mend();
  await chat.page.context().setOffline(false);
  await chat.hasSentAll();
  await expect(offline).toHaveCount(0);
  await expect(maya.bubble('In the tunnel 2')).toBeVisible();
  const stored = await contents(desk);
  await chat.shows(stored);
  expect(stored.toSorted()).toEqual(
    [
      'Hello',
      'Hello Anna',
      'Are you still there?',
      'In the tunnel 1',
      'In the tunnel 2',
    ].toSorted(),
  );
  expect(stored.indexOf('In the tunnel 1')).toBeLessThan(stored.indexOf('In the tunnel 2'));
});

test('a member without a network writes on, and all of it arrives once', async ({
  desk,
  people,
  cable,
}) => {
  const { chat, maya } = await midConversation(desk, people, {
    visitor: desk.server.url,
    maya: cable.url,
  });
  cable.pull();
  await maya.page.context().setOffline(true);
  await maya.say('From the train 1');
  await maya.say('From the train 2');
  await expect(maya.page.getByText('Reconnecting…')).toBeVisible();
  await expect(maya.log.getByText('Waiting for the connection')).toBeVisible();
  await shoot(maya.page, 'dashboard-offline');
  await chat.say('Take your time');
  await chat.hasSentAll();

  cable.mend();
  await maya.page.context().setOffline(false);
  await expect(maya.log.getByText('Waiting for the connection')).toHaveCount(0);
  await expect(maya.page.getByText('Reconnecting…')).toHaveCount(0);
  await expect(maya.bubble('Take your time')).toBeVisible();
  const all = ['Hello', 'Hello Anna', 'Take your time', 'From the train 1', 'From the train 2'];
  await chat.shows(all);
  expect(await contents(desk)).toEqual(all);
});

test('what a visitor wrote to a server that was down arrives once it is back, even after the tab was closed', async ({
  desk,
  people,
}) => {
  const chat = Chat.asPage(await people.newBrowser());
  const address = `${desk.server.url}/chat/${desk.websiteToken}`;
  await chat.page.goto(address);
  await chat.begin('Before', 'Anna');
  await chat.hasSentAll();
  await desk.server.kill();
  await chat.say('While it was down');
  await expect(chat.row('While it was down').getByText('Sending')).toBeAttached();
  await chat.page.close();

  await desk.server.start();
  const again = Chat.asPage(await chat.page.context().newPage());
  await again.page.goto(address);
  await again.shows(['Before', 'While it was down']);
  await again.hasSentAll();
  expect(await contents(desk)).toEqual(['Before', 'While it was down']);
});

test('a first message to a server that is down begins the conversation when it is back', async ({
  desk,
  people,
}) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  await chat.page.goto(desk.site.url);
  await chat.open();
  // The half of the chat that sends is loaded behind the first view.
  await chat.page.waitForLoadState('networkidle');
  await desk.server.kill();
  await chat.begin('Anybody there?', 'Anna');
  await expect(chat.row('Anybody there?').getByText('Sending')).toBeAttached();
  await desk.server.start();
  await chat.hasSentAll();
  expect(await contents(desk)).toEqual(['Anybody there?']);
});

test('a power cut in the middle of a talk loses and doubles nothing, and both carry on by themselves', async ({
  desk,
  people,
}) => {
  const { chat, maya } = await midConversation(desk, people, {
    visitor: desk.server.url,
    maya: desk.server.url,
  });
  const all = ['Hello', 'Hello Anna'];
  for (const round of [1, 2, 3]) {
    const words = [`Visitor ${round}a`, `Visitor ${round}b`];
    for (const one of words) await chat.say(one);
    await desk.server.kill();
    await maya.say(`Maya ${round}`);
    await chat.say(`Visitor ${round}c`);
    await desk.server.start();
    await chat.hasSentAll();
    await expect(maya.bubble(`Visitor ${round}c`)).toBeVisible();
    await expect(chat.row(`Maya ${round}`)).toBeVisible();
    all.push(...words, `Visitor ${round}c`, `Maya ${round}`);
  }
  const stored = await contents(desk);
  expect(stored.toSorted()).toEqual(all.toSorted());
  await chat.shows(stored);
  await maya.shows(stored);
});
