// The chat in the hands of a visitor: first words before the app has come, the card beside the bubble, languages, files, a copy to
// keep, the keyboard alone. Not the website's own script (widget-api.spec.ts), and not lost networks (outage.spec.ts).
import { readFile } from 'node:fs/promises';
import type { Route } from '@playwright/test';
import type { Frontdesk } from '../../web/widget/host-api.d.ts';
import { Chat } from '../support/chat.ts';
import { MemberCalls } from '../support/rest.ts';
import { shoot } from '../support/shots.ts';
import { expect, test } from '../support/test.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test('what is typed while the app is on its way loses no letter and not the caret', async ({
  desk,
  people,
}) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  await chat.page.goto(desk.site.url);
  await chat.open();
  await chat.begin('The first words', 'Anna');
  await chat.hasSentAll();
  const held: Route[] = [];
  await chat.page.context().route(/\/assets\/app-.*\.js/, (route) => void held.push(route));
  await chat.page.reload();
  await expect(chat.message).toBeVisible();
  await chat.message.click();
  await chat.page.keyboard.type('I was about to ask');
  for (let step = 0; step < 'ask'.length; step += 1) await chat.page.keyboard.press('ArrowLeft');
  await expect.poll(() => held.length).toBe(1);
  await held[0]?.continue();
  await expect(chat.row('The first words')).toBeVisible();
  await chat.page.keyboard.type('only ');
  await expect(chat.message).toHaveValue('I was about to only ask');
  await chat.page.keyboard.press('Enter');
  await expect(chat.row('I was about to only ask')).toBeVisible();
});

test('a message that was sent before the app came is sent once', async ({ desk, people }) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  const held: Route[] = [];
  await chat.page.context().route(/\/assets\/app-.*\.js/, (route) => void held.push(route));
  await chat.page.goto(desk.site.url);
  await chat.open();
  await chat.message.fill('Is somebody there?');
  await chat.message.press('Enter');
  await chat.page.keyboard.type('One more thing');
  await expect.poll(() => held.length).toBe(1);
  await held[0]?.continue();
  await expect(chat.row('Is somebody there?')).toBeVisible();
  await expect(chat.message).toHaveValue('One more thing');
  await chat.hasSentAll();
  await chat.shows(['Is somebody there?']);
});

test('an app that does not come costs nothing that was written', async ({ desk, people }) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  await chat.page.context().route(/\/assets\/app-.*\.js/, (route) => route.abort());
  await chat.page.goto(desk.site.url);
  await chat.open();
  await chat.message.fill('Is somebody there?');
  await chat.message.press('Enter');
  await expect(chat.root.getByText('Your message is kept here.')).toBeVisible();
  await expect(chat.message).toHaveValue('Is somebody there?');
});

test('the newest reply stands beside the closed bubble until it is read or dismissed', async ({
  desk,
  people,
}) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  const maya = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  await chat.page.goto(desk.site.url);
  await chat.open();
  await chat.begin('Is the Moss jug dishwasher safe?', 'Anna');
  await chat.hasSentAll();
  const close = chat.root.getByRole('button', { name: 'Close chat' });
  await close.click();
  await maya.say(1, '**Yes**, both sizes are');
  const card = chat.root.getByRole('region', { name: 'New messages' });
  await expect(card).toContainText('Yes, both sizes are');
  await expect(chat.page.getByRole('button', { name: 'Open chat, 1 unread' })).toBeVisible();
  await shoot(chat.page, 'widget-card');
  // Nothing of it is in the website's own document.
  expect(await chat.page.evaluate(() => document.documentElement.outerHTML)).not.toContain('sizes');

  await card.getByRole('button', { name: 'Dismiss' }).click();
  await expect(card).toHaveCount(0);
  await chat.page.reload();
  await expect(chat.page.getByRole('button', { name: 'Open chat, 1 unread' })).toBeVisible();
  await expect(card).toHaveCount(0);

  await maya.say(1, 'Anything else?');
  await card.getByRole('button', { name: /Anything else/ }).click();
  await expect(chat.row('Anything else?')).toBeVisible();
  await expect(chat.message).toBeFocused();
  await expect(chat.log.getByText('New', { exact: true })).toBeVisible();
  await expect(card).toHaveCount(0);
});

test('on a phone the card is no higher than the bubble, and the chat takes the page', async ({
  desk,
  people,
}) => {
  const chat = Chat.behindBubble(await people.newBrowser(PHONE));
  const maya = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  const frame = chat.page.locator('iframe');
  await chat.page.goto(desk.site.url);
  await chat.open();
  await chat.begin('Hello', 'Anna');
  await chat.hasSentAll();
  expect(await frame.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  await chat.root.getByRole('button', { name: 'Close chat' }).click();
  await maya.say(1, 'Hello Anna, what can we do for you?');
  await expect(chat.root.getByRole('region', { name: 'New messages' })).toBeVisible();
  const [card, bubble] = [await frame.boundingBox(), await chat.bubble.boundingBox()];
  expect(card?.height).toBeLessThanOrEqual(60);
  expect((card?.x ?? 0) + (card?.width ?? 0)).toBeLessThanOrEqual(bubble?.x ?? 0);
  await shoot(chat.page, 'widget-card-390');
});

test('a visitor who reads from right to left does so here', async ({ desk, people }) => {
  const chat = Chat.asPage(await people.newBrowser({ ...PHONE, locale: 'ar' }));
  const maya = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  await chat.page.goto(`${desk.server.url}/chat/${desk.websiteToken}`);
  await expect(chat.page.locator('html')).toHaveAttribute('dir', 'rtl');
  await chat.page.getByRole('textbox', { name: 'الرسالة' }).fill('وصل الوعاء مكسورًا');
  await chat.page.getByRole('button', { name: 'ابدأ الدردشة' }).click();
  const log = chat.page.getByRole('log', { name: 'الرسائل' });
  const own = log.getByText('وصل الوعاء مكسورًا');
  await expect(own).toBeVisible();
  await expect(log.getByText('أُرسلت')).toBeVisible();
  await maya.say(1, 'لا تقلق');
  const reply = log.getByText('لا تقلق');
  await expect(reply).toBeVisible();
  await shoot(chat.page, 'widget-rtl-390');
  // Own messages stand at the end of the line, which is on the left.
  const [mine, theirs] = [await own.boundingBox(), await reply.boundingBox()];
  expect(mine?.x ?? 0).toBeLessThan(theirs?.x ?? 0);
});

test('the bubble speaks the visitor’s language, until the website chooses another', async ({
  desk,
  people,
}) => {
  const tab = await people.newBrowser({ locale: 'de-AT' });
  await tab.goto(desk.site.url);
  await tab.getByRole('button', { name: 'Chat öffnen' }).click();
  const frame = tab.frameLocator('iframe[title="Chat mit Halden"]');
  await expect(frame.getByRole('button', { name: 'Chat beginnen' })).toBeVisible();
  await tab.getByRole('button', { name: 'Chat schließen' }).first().click();
  await tab.waitForFunction(() => window.frontdesk && 'open' in window.frontdesk);
  await tab.evaluate(() => (window.frontdesk as Frontdesk).setLocale('fr'));
  await expect(tab.getByRole('button', { name: 'Ouvrir le chat' })).toBeVisible();
});

test('files go with the very first message, also without a word', async ({ desk, people }) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  await chat.page.goto(desk.site.url);
  await chat.open();
  let broken = true;
  await chat.page
    .context()
    .route(/\/upload$/, (route) => (broken ? route.abort() : route.continue()));
  const chooser = chat.page.waitForEvent('filechooser');
  await chat.root.getByRole('button', { name: 'Attach a file' }).click();
  await (await chooser).setFiles([{ name: 'crack.png', mimeType: 'image/png', buffer: PNG }]);
  const tray = chat.root.getByRole('list', { name: 'Attached files' });
  await expect(tray.getByText('Not uploaded')).toBeVisible();
  const start = chat.root.getByRole('button', { name: 'Start chat' });
  await chat.name.fill('Anna');
  // What failed is not left out in silence.
  await start.click();
  await expect(start).toBeVisible();
  broken = false;
  await tray.getByRole('button', { name: /^Retry/ }).click();
  await expect(tray.getByRole('button', { name: 'Remove crack.png' })).toBeVisible();
  await shoot(chat.page, 'widget-first-files');
  await start.click();
  await expect(chat.log.getByRole('button', { name: 'Enlarge crack.png' })).toBeVisible();
  await chat.hasSentAll();
  const maya = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  const [first] = (await maya.messages(1)).filter(({ message_type }) => message_type === 0);
  expect(first?.content).toBe('');
});

test('everything can be done with the keyboard alone', async ({ desk, people }) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  const { keyboard } = chat.page;
  await chat.page.goto(desk.site.url);
  await chat.bubble.focus();
  await keyboard.press('Enter');
  await expect(chat.message).toBeFocused();
  await keyboard.type('Hello');
  await keyboard.press('Enter');
  await expect(chat.row('Hello')).toBeVisible();
  await expect(chat.message).toBeFocused();

  await keyboard.press('Tab');
  await expect(chat.root.getByRole('button', { name: 'Emoji' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(chat.root.getByRole('searchbox')).toBeFocused();
  await keyboard.type('tada');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(chat.message).toHaveValue('🎉');
  await expect(chat.message).toBeFocused();
  await keyboard.press('Enter');
  await expect(chat.row('🎉')).toBeVisible();

  const menu = chat.root.getByRole('button', { name: 'Options' });
  await menu.focus();
  await keyboard.press('Enter');
  await expect(chat.root.getByRole('menuitem', { name: 'Turn sounds off' })).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(chat.root.getByRole('menuitem', { name: /Download/ })).toBeFocused();
  await keyboard.press('Escape');
  await expect(menu).toBeFocused();
  await expect(chat.message).toBeVisible();
  await keyboard.press('Escape');
  await expect(chat.bubble).toBeFocused();
});

test('on a phone Tab stays within the chat', async ({ desk, people }) => {
  const chat = Chat.behindBubble(await people.newBrowser(PHONE));
  await chat.page.goto(desk.site.url);
  await chat.open();
  await chat.begin('Hello');
  await chat.root.getByRole('button', { name: 'Send', exact: true }).focus();
  await chat.page.keyboard.press('Tab');
  await expect(chat.root.getByRole('button', { name: 'Options' })).toBeFocused();
  await chat.page.keyboard.press('Shift+Tab');
  await expect(chat.root.getByRole('button', { name: 'Send', exact: true })).toBeFocused();
});

test('marks are read as they were meant, and a conversation can be kept', async ({
  desk,
  people,
}) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  const maya = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  await chat.page.goto(desk.site.url);
  await chat.open();
  await chat.begin('2*3*4 and <b>no</b> mark', 'Anna');
  await chat.hasSentAll();
  await maya.say(1, 'Do **this**:\n- `wash`\n- [read](https://halden.example/care)');
  const reply = chat.row('Do this');
  await expect(reply.locator('strong')).toHaveText('this');
  await expect(reply.getByRole('listitem')).toHaveText(['wash', 'read']);
  await expect(reply.getByRole('link')).toHaveAttribute('href', 'https://halden.example/care');
  await chat.shows(['2*3*4 and <b>no</b> mark']);

  await chat.root.getByRole('button', { name: 'Options' }).click();
  const coming = chat.page.waitForEvent('download');
  await chat.root.getByRole('menuitem', { name: 'Download the conversation' }).click();
  const download = await coming;
  const text = await readFile(await download.path(), 'utf8');
  expect(download.suggestedFilename()).toBe('Halden.txt');
  expect(text).toContain('You: 2*3*4 and <b>no</b> mark');
  expect(text).toContain('Maya Okafor: Do **this**');
});

test('what was resolved can be left behind for a new conversation', async ({ desk, people }) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  const maya = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  await chat.page.goto(desk.site.url);
  await chat.open();
  await chat.begin('My first question', 'Anna');
  await chat.hasSentAll();
  await maya.say(1, 'Answered');
  await maya.resolve(1);
  await chat.root.getByRole('button', { name: 'Start a new conversation' }).click();
  await expect(chat.message).toBeFocused();
  await chat.say('My second question');
  await chat.hasSentAll();
  await expect(chat.row('My first question')).toHaveCount(0);
  await expect.poll(async () => (await maya.conversations()).length).toBe(2);
  await chat.page.reload();
  await chat.shows(['My second question']);
});

/** A red square. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC',
  'base64',
);

test('files go up with their progress, pictures are looked at, others are downloaded', async ({
  desk,
  people,
}) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  await chat.page.goto(desk.site.url);
  await chat.open();
  await chat.begin('My bowl arrived with a crack', 'Anna');
  await chat.hasSentAll();
  const choose = async (files: { name: string; mimeType: string; buffer: Buffer }[]) => {
    const chooser = chat.page.waitForEvent('filechooser');
    await chat.root.getByRole('button', { name: 'Attach a file' }).click();
    await (await chooser).setFiles(files);
  };
  await choose([
    { name: 'crack.png', mimeType: 'image/png', buffer: PNG },
    { name: 'order.txt', mimeType: 'text/plain', buffer: Buffer.from('Order 20817') },
    { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
  ]);
  const tray = chat.root.getByRole('list', { name: 'Attached files' });
  await expect(tray.getByRole('listitem')).toHaveCount(2);
  await expect(chat.root.getByText('empty.txt is empty.')).toBeVisible();
  await expect(tray.getByRole('button', { name: 'Remove order.txt' })).toBeVisible();
  await shoot(chat.page, 'widget-attach');
  await chat.message.fill('Like this');
  await chat.message.press('Enter');
  await expect(tray).toHaveCount(0);

  const row = chat.row('Like this');
  const picture = row.getByRole('button', { name: 'Enlarge crack.png' });
  await expect(picture.getByRole('img')).toBeVisible();
  await chat.hasSentAll();
  await shoot(chat.page, 'widget-files');
  await picture.click();
  const viewer = chat.root.getByRole('dialog', { name: 'crack.png' });
  await expect(viewer.getByRole('img')).toBeVisible();
  await chat.page.keyboard.press('Escape');
  await expect(viewer).toHaveCount(0);
  await expect(picture).toBeFocused();

  const coming = chat.page.waitForEvent('download');
  await row.getByRole('button', { name: 'Download order.txt' }).click();
  const download = await coming;
  expect(await readFile(await download.path(), 'utf8')).toBe('Order 20817');
});

test('an upload that fails can be tried again or taken away, and costs no text', async ({
  desk,
  people,
}) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  await chat.page.goto(desk.site.url);
  await chat.open();
  await chat.begin('Hello', 'Anna');
  await chat.hasSentAll();
  let broken = true;
  await chat.page
    .context()
    .route(/\/upload$/, (route) => (broken ? route.abort() : route.continue()));
  const pasted = { name: 'crack.png', type: 'image/png', base64: PNG.toString('base64') };
  await chat.message.evaluate((field, { name, type, base64 }) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], name, { type }));
    field.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, pasted);
  const tray = chat.root.getByRole('list', { name: 'Attached files' });
  await expect(tray.getByText('Not uploaded')).toBeVisible();
  await chat.message.fill('Look');
  await chat.message.press('Enter');
  await expect(chat.message).toHaveValue('Look');
  broken = false;
  await tray.getByRole('button', { name: 'Retry: crack.png' }).click();
  await expect(tray.getByText('Not uploaded')).toHaveCount(0);
  await chat.message.press('Enter');
  await expect(chat.row('Look').getByRole('img')).toBeVisible();
});
