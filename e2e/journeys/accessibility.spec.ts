// Every main page, in both themes and both sizes, as axe sees it. A picture of each is kept. Not the way of the focus: see
// keyboard.spec.ts.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { Chat } from '../support/chat.ts';
import { Dashboard } from '../support/dashboard.ts';
import { MemberCalls, VisitorCalls } from '../support/rest.ts';
import { shoot } from '../support/shots.ts';
import { expect, test } from '../support/test.ts';

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const THEMES = ['light', 'dark'] as const;

/** Fails with every finding, and keeps a picture. */
async function examine(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const findings = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}\n${node.failureSummary}`),
  );
  await shoot(page, name);
  expect(findings, name).toEqual([]);
}

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of THEMES) {
    const name = (page: string) => `${page}-${viewport.width}-${colorScheme}`;
    const look = {
      viewport,
      colorScheme,
      reducedMotion: 'reduce',
      isMobile: size === 'phone',
      hasTouch: size === 'phone',
    } as const;

    test(`axe finds nothing in the dashboard, ${size}, ${colorScheme}`, async ({
      desk,
      people,
    }) => {
      const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
      await anna.begin('Is the Moss jug dishwasher safe?', { name: 'Anna Berg', echoId: 'one' });
      const bela = new VisitorCalls(desk.server.url, desk.websiteToken);
      await bela.begin('Hello', { name: 'Bela Kiss', echoId: 'one' });
      const priya = new MemberCalls(desk.server.url, desk.accountId, desk.priya.apiToken);
      await priya.say(1, 'It is, both sizes.');
      await priya.say(1, 'Returned two jugs last year', { isPrivate: true });
      await anna.say('Lovely, see https://halden.example/jug');

      const maya = new Dashboard(await people.newBrowser(look), desk.server.url);
      await maya.page.goto(`${desk.server.url}/login`);
      await expect(maya.page.getByRole('heading', { name: 'Log in' })).toBeVisible();
      await examine(maya.page, name('login'));
      await maya.fillLogin(desk.maya.email, desk.maya.password);
      await expect(maya.list).toBeVisible();
      await maya.page.goto(`${desk.server.url}/app/accounts/${desk.accountId}/open`);
      await expect(maya.row('Bela Kiss')).toBeVisible();
      await examine(maya.page, name('list'));
      await maya.open('Anna Berg');
      await expect(maya.log.getByText('Lovely, see')).toBeVisible();
      await examine(maya.page, name('thread'));
      await maya.reply.fill('You are welcome');
      await maya.button('Send').click();
      await expect(maya.bubble('You are welcome')).toBeVisible();
      await maya.page.getByRole('button', { name: 'Resolve' }).click();
      await expect(maya.page.getByRole('button', { name: 'Undo' })).toBeVisible();
      await examine(maya.page, name('thread-resolved'));
    });

    test(`axe finds nothing in the widget, ${size}, ${colorScheme}`, async ({ desk, people }) => {
      const chat = Chat.behindBubble(await people.newBrowser(look));
      const maya = new MemberCalls(desk.server.url, desk.accountId, desk.maya.apiToken);
      await chat.page.goto(desk.site.url);
      await expect(chat.bubble).toBeVisible();
      await examine(chat.page, name('launcher'));
      await chat.open();
      await examine(chat.page, name('widget-welcome'));
      await chat.begin('Is the Moss jug dishwasher safe?', 'Anna Berg');
      await chat.hasSentAll();
      await maya.say(1, 'It is, both sizes: https://halden.example/jug');
      await expect(chat.row('both sizes')).toBeVisible();
      await chat.say('Lovely');
      await chat.hasSentAll();
      await examine(chat.page, name('widget-chat'));
      await chat.root.getByRole('button', { name: 'Options' }).click();
      await expect(chat.root.getByRole('menu')).toBeVisible();
      await examine(chat.page, name('widget-menu'));
      await chat.page.keyboard.press('Escape');
      await chat.root.getByRole('button', { name: 'Emoji' }).click();
      await expect(chat.root.getByRole('searchbox')).toBeVisible();
      await examine(chat.page, name('widget-emoji'));
      await chat.page.keyboard.press('Escape');
      await chat.root.getByRole('button', { name: 'Close chat' }).click();
      await maya.say(1, 'Shall I keep one for you?');
      await expect(chat.root.getByRole('region', { name: 'New messages' })).toBeVisible();
      await examine(chat.page, name('widget-card'));
      await chat.bubble.click();
      await expect(chat.message).toBeVisible();
      await maya.resolve(1);
      await expect(chat.root.getByText('Start a new conversation')).toBeVisible();
      await examine(chat.page, name('widget-resolved'));
    });
  }
}
