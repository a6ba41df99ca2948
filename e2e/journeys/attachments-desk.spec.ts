// Files as a member sends them: chosen, pasted, dropped; seen in the thread and looked at large. Not the visitor's side.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { Dashboard } from '../support/dashboard.ts';
import { VisitorCalls } from '../support/rest.ts';
import { expect, test } from '../support/test.ts';

const TEXT = { name: 'terms.txt', mimeType: 'text/plain', buffer: Buffer.from('Terms and words') };

/** Files as a paste or a drop carries them. */
function transfer(page: Page, name: string, type: string, base64: string) {
  return page.evaluateHandle(
    ([fileName, fileType, content]) => {
      const bytes = Uint8Array.from(atob(content), (it) => it.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], fileName, { type: fileType }));
      return data;
    },
    [name, type, base64] as const,
  );
}

test('files go with a reply, however they came', async ({ desk, people }) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Hello', { name: 'Anna Berg', echoId: 'one' });
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const { page } = maya;
  await maya.logIn(desk.maya);
  await maya.goTo('All open');
  await maya.open('Anna Berg');
  const chips = page.getByRole('list', { name: 'Files' });
  const picture = (await page.screenshot({ clip: { x: 0, y: 0, width: 64, height: 48 } })).toString(
    'base64',
  );

  await test.step('chosen, pasted and dropped', async () => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Attach files' }).click(),
    ]);
    await chooser.setFiles([TEXT]);
    await expect(chips).toContainText('terms.txt');
    const pasted = await transfer(page, 'image.png', 'image/png', picture);
    await maya.reply.evaluate(
      (area, data) =>
        area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true })),
      pasted,
    );
    await expect(chips).toContainText(/Screenshot \d{4}-\d\d-\d\d/);
    const dropped = await transfer(page, 'notes.txt', 'text/plain', 'bm90ZXM=');
    await maya.log.dispatchEvent('dragenter', { dataTransfer: dropped });
    await expect(page.getByText('Drop to attach to your reply')).toBeVisible();
    await maya.log.dispatchEvent('drop', { dataTransfer: dropped });
    await expect(page.getByText('Drop to attach to your reply')).toHaveCount(0);
    await expect(chips.getByRole('listitem')).toHaveCount(3);
  });

  await test.step('one is taken away, the others go with the words', async () => {
    await chips.getByRole('button', { name: /notes\.txt$/ }).click();
    await expect(chips.getByRole('listitem')).toHaveCount(2);
    await maya.reply.fill('As promised');
    await maya.reply.press('Enter');
    await expect(maya.bubble('As promised')).toBeVisible();
    await maya.hasSentAll();
    await expect(maya.log.getByRole('link', { name: 'Download terms.txt' })).toBeVisible();
  });

  await test.step('the picture opens large, by keyboard, and gives the focus back', async () => {
    const small = maya.log.getByRole('button', { name: /^Image Screenshot/ });
    await small.focus();
    await page.keyboard.press('Enter');
    const viewer = page.getByRole('dialog');
    await expect(viewer.getByRole('img')).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.keyboard.press('+');
    await expect(viewer).toContainText('150 %');
    await page.keyboard.press('Escape');
    await expect(viewer).toHaveCount(0);
    await expect(small).toBeFocused();
  });
});

test('what is too large is told before it travels', async ({ desk, people }) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Hello', { name: 'Anna Berg', echoId: 'one' });
  const maya = new Dashboard(await people.newBrowser(), desk.server.url);
  const { page } = maya;
  await maya.logIn(desk.maya);
  await maya.goTo('All open');
  await maya.open('Anna Berg');
  const uploads: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/upload')) uploads.push(request.url());
  });
  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(26 * 1024 * 1024)], 'film.mov'));
    return data;
  });
  await maya.log.dispatchEvent('drop', { dataTransfer: dropped });
  await expect(page.getByText('film.mov is larger than 25 MB.')).toBeVisible();
  expect(uploads).toEqual([]);
});

test('a file whose line was cut is tried again, and the message waits for it', async ({
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
  await page.route('**/upload', (route) => route.abort());
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Attach files' }).click(),
  ]);
  await chooser.setFiles([TEXT]);
  await expect(page.getByText('Not uploaded')).toBeVisible();
  await maya.reply.fill('Here it is');
  await maya.reply.press('Enter');
  await expect(maya.reply).toHaveValue('Here it is');
  await page.unroute('**/upload');
  await page.getByRole('button', { name: /^Try to upload terms\.txt again/ }).click();
  await expect(page.getByText('Not uploaded')).toHaveCount(0);
  await maya.reply.press('Enter');
  await expect(maya.bubble('Here it is')).toBeVisible();
  await expect(maya.log.getByRole('link', { name: 'Download terms.txt' })).toBeVisible();
});

test('a file that arrived is still there after a reload, and goes with the message', async ({
  desk,
  people,
}) => {
  const anna = new VisitorCalls(desk.server.url, desk.websiteToken);
  await anna.begin('Hello', { name: 'Anna Berg', echoId: 'one' });
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
  const maya = new Dashboard(await people.newBrowser(phone), desk.server.url);
  const { page } = maya;
  await maya.logIn(desk.maya);
  await page.goto(`${desk.server.url}/app/accounts/${desk.accountId}/open/1`);
  // On a phone one button stands for files, emoji and formatting.
  await page.getByRole('button', { name: 'Add files or emoji' }).tap();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('menuitem', { name: 'Attach files' }).tap(),
  ]);
  await chooser.setFiles([TEXT]);
  const chip = page.getByRole('button', { name: 'Remove terms.txt' });
  await expect(chip).toBeVisible();
  await page.reload();
  await expect(chip).toBeVisible();
  await page.getByRole('button', { name: 'Send' }).tap();
  await expect(maya.log.getByText('terms.txt')).toBeVisible();
  await maya.hasSentAll();
  await expect(chip).toHaveCount(0);
  // A finger that rests on a message asks what can be done with it.
  const message = maya.log.locator('[data-message]').last();
  const finger = { pointerType: 'touch', isPrimary: true, bubbles: true };
  await message.dispatchEvent('pointerdown', finger);
  await expect(page.getByRole('menuitem', { name: 'Delete message' })).toBeVisible();
  await message.dispatchEvent('pointerup', finger);
});
