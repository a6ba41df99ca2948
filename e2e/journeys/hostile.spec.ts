// The widget on websites that make its life hard. Nothing is opened for the driver here: the launcher's shadow root is
// closed as for everybody, so the bubble is found where a hand would find it.
import type { Frame, Page } from '@playwright/test';
import { shoot } from '../support/shots.ts';
import { expect, test } from '../support/test.ts';

/** From the edges of the page to the middle of the bubble, in pixels. */
const BUBBLE_PX = 24 + 30;

async function clickBubble(tab: Page): Promise<void> {
  const size = tab.viewportSize() ?? { width: 0, height: 0 };
  await tab.mouse.click(size.width - BUBBLE_PX, size.height - BUBBLE_PX);
}

/** The launcher is there when its element is. */
async function waitForLauncher(tab: Page): Promise<void> {
  await tab.waitForFunction(
    () => document.body.lastElementChild?.matches('div:not([id]):not([class])') ?? false,
  );
}

async function chatFrame(tab: Page): Promise<Frame> {
  const find = () => tab.frames().find((frame) => frame.url().includes('/frame'));
  await expect.poll(() => find() !== undefined).toBe(true);
  const frame = find();
  if (!frame) throw new Error('the frame of the chat went away');
  return frame;
}

/** A hand can write: the field is on the screen, uncovered, and what is typed there is sent. */
async function canChat(tab: Page): Promise<void> {
  await clickBubble(tab);
  const frame = await chatFrame(tab);
  await frame.getByRole('textbox', { name: 'Message' }).click();
  await tab.keyboard.type('Hello from a hostile place');
  await tab.keyboard.press('Enter');
  const row = frame.getByRole('log').getByRole('listitem').filter({ hasText: 'hostile place' });
  await expect(row).toBeVisible();
  await expect(row.getByText('Sent', { exact: true })).toBeAttached();
}

/** The strictest policy under which the chat is promised to work; `sockets` is where they may lead. */
function strictPolicy(ours: string, sockets = ''): string {
  return [
    "default-src 'none'",
    `script-src ${ours}`,
    `connect-src ${ours} ${sockets}`,
    `frame-src ${ours}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

test('a strict security policy needs nothing but our origin', async ({ desk, people }) => {
  desk.page.headers['content-security-policy'] = strictPolicy(desk.server.url);
  // A policy's http address does not cover sockets, so live mode is what it costs.
  const tab = await people.newBrowser({
    untouched: true,
    tolerates: /\/realtime' violates .*connect-src/,
  });
  await tab.goto(desk.site.url);
  await waitForLauncher(tab);
  await canChat(tab);
});

test('a strict security policy that names our sockets allows all of it', async ({
  desk,
  people,
}) => {
  const sockets = desk.server.url.replace('http', 'ws');
  desk.page.headers['content-security-policy'] = strictPolicy(desk.server.url, sockets);
  const tab = await people.newBrowser({ untouched: true });
  const heard = new Promise<void>((done) =>
    tab.on('websocket', (socket) => socket.on('framereceived', () => done())),
  );
  await tab.goto(desk.site.url);
  await heard;
  await waitForLauncher(tab);
  await canChat(tab);
});

test('style sheets that break everything leave the chat alone', async ({ desk, people }) => {
  desk.page.html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Hostile</title>
<style>
  * { all: unset !important; color: red !important }
  body > *, iframe, button, div, div * { display: none !important; visibility: hidden !important; opacity: 0 !important;
    pointer-events: none !important; position: static !important; width: 0 !important; height: 0 !important;
    transform: scale(0) !important; clip-path: inset(50%) !important; z-index: -1 !important; font-size: 0 !important;
    filter: opacity(0) !important; zoom: 5 !important; max-width: 1px !important }
  :root { font-size: 90px !important }
</style>{{snippet}}</head><body><h1>Hostile</h1></body></html>`;
  const tab = await people.newBrowser({ untouched: true });
  await tab.goto(desk.site.url);
  await waitForLauncher(tab);
  await canChat(tab);
  await shoot(tab, 'widget-hostile-css');
});

test('a page that claims the highest layer does not cover the bubble', async ({ desk, people }) => {
  desk.page.html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Cover</title>{{snippet}}</head>
<body><div id="cover" style="position:fixed;inset:0;z-index:2147483647;background:#eee"></div></body></html>`;
  const tab = await people.newBrowser({ untouched: true });
  await tab.goto(desk.site.url);
  await waitForLauncher(tab);
  await canChat(tab);
});

test('the page cannot reach into the launcher, and the snippet pasted twice makes one bubble', async ({
  desk,
  people,
}) => {
  desk.page.html = desk.page.html.replace('{{snippet}}', '{{snippet}}{{snippet}}');
  const tab = await people.newBrowser({ untouched: true });
  await tab.goto(desk.site.url);
  await waitForLauncher(tab);
  await canChat(tab);
  const reach = await tab.evaluate(() => ({
    roots: [...document.querySelectorAll('*')].filter((element) => element.shadowRoot).length,
    frames: document.querySelectorAll('iframe').length,
    launchers: [...document.body.children].filter((element) => element.matches('div:not([id])'))
      .length,
  }));
  expect(reach).toEqual({ roots: 0, frames: 0, launchers: 1 });
  expect(tab.frames().filter((frame) => frame.url().includes('/frame'))).toHaveLength(1);
});
