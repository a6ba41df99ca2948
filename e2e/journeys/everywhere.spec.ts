// Every page of the dashboard at every width, as it opens and with each of its menus and dialogs open, as axe sees it. A page
// that is added to PAGES is examined whole; what opens is found by its aria-haspopup. Not the way of the focus: see
// keyboard.spec.ts.
import type { Page } from '@playwright/test';
import { isAccessible } from '../support/axe.ts';
import { Dashboard } from '../support/dashboard.ts';
import { MemberCalls, VisitorCalls } from '../support/rest.ts';
import type { Desk } from '../support/desk.ts';
import { expect, test } from '../support/test.ts';

/** Each width in the theme that the one before it did not have, and the outer two in both. */
const LOOKS = [
  [390, 'light'],
  [390, 'dark'],
  [768, 'light'],
  [1024, 'dark'],
  [1440, 'light'],
  [1440, 'dark'],
] as const;

/** Places under the account's address, each with a heading or words that show that it is there. */
const PLACES: readonly [string, string | RegExp][] = [
  ['mine', 'My inbox'],
  ['open', 'All open'],
  ['open/1', 'Is the Moss jug dishwasher safe?'],
  ['open/999', 'This conversation is not here'],
  ['resolved', 'Bela Kiss'],
  ['profile', 'Make a new token'],
  ['administration/inboxes', 'New inbox'],
  ['administration/inboxes/new', 'Create inbox'],
  ['administration/inboxes/1', 'Heading'],
  ['administration/inboxes/1-install', 'We have not seen your widget yet'],
  ['administration/inboxes/1-domains', 'Domains'],
  ['administration/inboxes/1-people', 'Priya Raman'],
  ['administration/inboxes/1-identity', 'Secret'],
  ['administration/labels', 'billing'],
  ['administration/webhooks', 'hooks.example'],
  ['administration/webhooks/1', 'hooks.example'],
];

/** A desk with something of everything on it. */
async function fill(desk: Desk): Promise<void> {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Is the Moss jug dishwasher safe?', { name: 'Anna Berg', echoId: 'one' });
  const bela = new VisitorCalls(desk.server.url, desk.websiteToken);
  await bela.begin('Hello', { name: 'Bela Kiss', echoId: 'one' });
  const maya = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
  await maya.say(1, 'It is, **both** sizes.');
  await maya.say(1, 'Returned two jugs last year', { isPrivate: true });
  await anna.say('Lovely, see https://halden.example/jug');
  await maya.post('/labels', { title: 'billing', color: '#2f5fdd', show_on_sidebar: true });
  await maya.post('/conversations/1/labels', { labels: ['billing'] });
  await maya.post('/webhooks', {
    url: 'https://hooks.example/in',
    subscriptions: ['message_created'],
  });
  await maya.resolve(2);
}

/** What opens: menus, lists to choose from, and dialogs, the browser's own and others. */
const LAYERS = [
  '[role=menu]',
  '[role=listbox]',
  '[role=dialog]',
  'dialog[open]',
  '[data-popover-content]',
]
  .map((one) => `${one}:visible`)
  .join(', ');

/** Opens whatever can be opened here, one after the other, and examines it open. The same thing twice is examined once. */
async function openAll(page: Page, place: string): Promise<void> {
  const openers = page.locator('[aria-haspopup]:visible');
  const seen = new Set<string>();
  for (let n = 0; n < (await openers.count()); n++) {
    const opener = openers.nth(n);
    const name = (await opener.getAttribute('aria-label')) ?? (await opener.innerText());
    const kind = name.replace(/ of .*/, '');
    if (seen.has(kind)) continue;
    seen.add(kind);
    await opener.press('Enter');
    const layer = page.locator(LAYERS);
    await expect(layer.last(), `${place}: ${name} opens`).toBeVisible();
    await isAccessible(page, `${place}: ${name}`);
    await page.keyboard.press('Escape');
    await expect(layer, `${place}: ${name} closes`).toHaveCount(0);
  }
}

for (const [width, colorScheme] of LOOKS) {
  test(`axe finds nothing anywhere, ${width}, ${colorScheme}`, async ({ desk, people }) => {
    test.slow();
    await fill(desk);
    const look = {
      viewport: { width, height: 900 },
      colorScheme,
      reducedMotion: 'reduce',
    } as const;
    const maya = new Dashboard(await people.newBrowser(look), desk.server.url);
    await maya.logIn(desk.maya);
    for (const [place, words] of PLACES) {
      await maya.page.goto(`${desk.server.url}/app/accounts/${desk.accountId}/${place}`);
      await expect(
        maya.page.getByText(words).filter({ visible: true }).first(),
        place,
      ).toBeVisible();
      await isAccessible(maya.page, place);
      await openAll(maya.page, place);
    }
  });
}
