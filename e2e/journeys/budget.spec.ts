// What a visitor downloads before the first word can be typed. Not how fast a server answers: see the benchmark.
import type { Request, Route } from '@playwright/test';
import { Chat } from '../support/chat.ts';
import { expect, test } from '../support/test.ts';

const REQUESTS_MAX = 4;
/** Bodies as they travel, in bytes. */
const BODIES_MAX = 13_000;
const LAUNCHER_MAX = 3_000;

test('four requests of 13 kB are enough to type', async ({ desk, people }) => {
  const chat = Chat.behindBubble(await people.newBrowser());
  const allowed: Request[] = [];
  const held: Route[] = [];
  // What comes after the fourth request is held back for good: if one can type all the same, it was not needed.
  await chat.page.context().route(`${desk.server.url}/**`, (route) => {
    // The launcher's later half comes when the host's page is idle, which may be before anybody opens the chat.
    const waits = route.request().url().includes('/assets/widget-host-');
    if (waits || allowed.length === REQUESTS_MAX) return void held.push(route);
    allowed.push(route.request());
    return route.continue();
  });
  await chat.page.goto(desk.site.url);
  await chat.open();
  await chat.message.fill('Typed');
  await expect(chat.message).toHaveValue('Typed');

  const sizes = await Promise.all(
    allowed.map(async (request) => ({
      path: new URL(request.url()).pathname,
      bytes: (await request.sizes()).responseBodySize,
    })),
  );
  const launcher = sizes.find(({ path }) => path.endsWith(`/${desk.websiteToken}.js`));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(sizes.map(({ path, bytes }) => `${path} ${bytes} B`).join(', '), `total ${total} B`);
  expect(launcher?.bytes).toBeGreaterThan(0);
  expect(launcher?.bytes).toBeLessThanOrEqual(LAUNCHER_MAX);
  expect(total).toBeLessThanOrEqual(BODIES_MAX);
  await Promise.all(held.map((route) => route.abort()));
});
