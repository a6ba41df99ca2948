// The JavaScript that a website has of the chat, and the launcher on pages that change under it. Not how the chat looks.
import { createHmac } from 'node:crypto';
import type { Frontdesk } from '../../web/widget/host-api.d.ts';
import { Chat } from '../support/chat.ts';
import { MemberCalls } from '../support/rest.ts';
import { expect, test } from '../support/test.ts';

test('functions that a page pushed before the chat came are run, and events are told without words', async ({
  desk,
  people,
}) => {
  const told = `<script>
    window.told = [];
    (window.frontdesk ||= []).push((chat) => {
      for (const name of ['ready', 'open', 'close', 'message:sent', 'message:received', 'unread'])
        chat.on(name, (value) => told.push(value === undefined ? name : name + ' ' + JSON.stringify(value)));
    });
  </script>`;
  desk.page.html = desk.page.html.replace('{{snippet}}', `${told}{{snippet}}`);
  const chat = Chat.behindBubble(await people.newBrowser());
  const maya = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  const heard = () => chat.page.evaluate(() => (window as unknown as { told: string[] }).told);
  const call = (name: 'open' | 'close' | 'hide' | 'show' | 'toggle') =>
    chat.page.evaluate((it) => (window.frontdesk as Frontdesk)[it](), name);

  await chat.page.goto(desk.site.url);
  await chat.page.waitForFunction(() => window.frontdesk && 'open' in window.frontdesk);
  await call('open');
  await chat.begin('Is the Moss jug dishwasher safe?', 'Anna');
  await expect.poll(heard).toContain('message:sent');
  await call('toggle');
  await expect(chat.bubble).toBeVisible();
  await maya.say(1, 'It is, a secret told to Anna only');
  await expect.poll(heard).toContain('unread 1');
  expect(await heard()).toEqual(
    expect.arrayContaining(['ready', 'open', 'close', 'message:received']),
  );
  expect((await heard()).join()).not.toContain('secret');

  await call('hide');
  await expect(chat.bubble).toBeHidden();
  await call('show');
  await expect(chat.page.getByRole('button', { name: 'Open chat, 1 unread' })).toBeVisible();
});

test('a page chooses language and theme, and a mistake is told where it was made', async ({
  desk,
  people,
}) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  await chat.page.goto(desk.site.url);
  await chat.page.waitForFunction(() => window.frontdesk && 'open' in window.frontdesk);
  await chat.page.evaluate(() => {
    const api = window.frontdesk as Frontdesk;
    api.setTheme('dark');
    api.setLocale('ar');
    api.open();
  });
  const page = chat.root.locator('html');
  await expect(page).toHaveAttribute('dir', 'rtl');
  await expect(chat.root.getByRole('button', { name: 'ابدأ الدردشة' })).toBeVisible();
  await expect(page).toHaveCSS('color-scheme', 'dark');
  const refused = await chat.page.evaluate(async () => {
    const api = window.frontdesk as Frontdesk;
    return api.identify({ name: 7 } as never).then(
      () => 'taken',
      (error: Error) => error.message,
    );
  });
  expect(refused).toMatch(/^name is a text/);
});

test('who logs out leaves nothing behind', async ({ desk, people }) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  await chat.page.goto(desk.site.url);
  await chat.open();
  await chat.begin('My order 20817', 'Anna');
  await chat.hasSentAll();
  await chat.page.evaluate(() => (window.frontdesk as Frontdesk).reset());
  await chat.open();
  await expect(chat.root.getByRole('button', { name: 'Start chat' })).toBeVisible();
  await expect(chat.root.getByText('My order 20817')).toHaveCount(0);
  const kept = await chat.page
    .frames()
    .find((frame) => frame.url().includes('/frame'))
    ?.evaluate(() => JSON.stringify(localStorage));
  expect(kept).not.toContain('20817');
});

test('who the website signed for is themselves on every device, and nobody else', async ({
  desk,
  people,
}) => {
  const maya = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  const secret = await maya.identitySecret(desk.inboxId);
  const sign = (identifier: string) =>
    createHmac('sha256', secret).update(identifier).digest('hex');
  const opened = async () => {
    const chat = Chat.behindBubble(await people.newBrowser({ tolerates: /status of 422/ }));
    await chat.page.goto(desk.site.url);
    await chat.page.waitForFunction(() => window.frontdesk && 'open' in window.frontdesk);
    return chat;
  };
  const say = (chat: Chat, identifier: string, identifierHash: string) =>
    chat.page.evaluate(
      (person) =>
        (window.frontdesk as Frontdesk).identify(person).then(
          () => 'taken',
          (error: Error) => error.message,
        ),
      { identifier, identifierHash, name: identifier },
    );

  const laptop = await opened();
  expect(await say(laptop, 'anna', sign('anna'))).toBe('taken');
  await laptop.open();
  await laptop.begin('My order 20817 came broken');
  await laptop.hasSentAll();

  const phone = await opened();
  expect(await say(phone, 'anna', sign('mallory'))).toMatch(/^Identifier hash is not/);
  await phone.open();
  await expect(phone.root.getByText('My order 20817')).toHaveCount(0);
  expect(await say(phone, 'anna', sign('anna'))).toBe('taken');
  await expect(phone.root.getByText('My order 20817')).toBeVisible();
  await maya.say(1, 'A new one is on its way');
  await expect(phone.root.getByText('A new one is on its way')).toBeVisible();

  expect(await say(phone, 'ben', sign('ben'))).toBe('taken');
  await expect(phone.root.getByText('My order 20817')).toHaveCount(0);
  await maya.say(1, 'Also for Anna');
  await expect(laptop.root.getByText('Also for Anna')).toBeVisible();
  await expect(phone.root.getByText('Also for Anna')).toHaveCount(0);
});

test('pages that replace their body, or empty it, keep the chat', async ({ desk, people }) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  await chat.page.goto(desk.site.url);
  await expect(chat.bubble).toBeVisible();
  await chat.page.evaluate(() => {
    const fresh = document.createElement('body');
    fresh.innerHTML = '<h1>The next page</h1>';
    document.body.replaceWith(fresh);
  });
  await expect(chat.bubble).toBeVisible();
  await chat.page.evaluate(() => (document.body.innerHTML = '<h1>One more</h1>'));
  await expect(chat.bubble).toBeVisible();
  await chat.open();
  await chat.begin('Still here');
  await chat.hasSentAll();
});

test('other windows and forged messages move nothing', async ({ desk, people }) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  await chat.page.goto(desk.site.url);
  await chat.open();
  await chat.page.evaluate(() => {
    for (const type of ['close', 'unread', 'peek', 'resize'])
      window.postMessage({ source: 'frontdesk', v: 1, type, count: 9, height: 1, on: true }, '*');
  });
  await expect(chat.message).toBeVisible();
  await expect(chat.page.getByRole('button', { name: /unread/ })).toHaveCount(0);
});
