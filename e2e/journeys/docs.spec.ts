// A developer reads the API at /docs, on a desk and on a phone, in both themes: contents lead to an operation, shapes are
// linked, nothing is wider than the screen. Not whether the description is true: the server's own tests compare it.
import { AxeBuilder } from '@axe-core/playwright';
import { shoot } from '../support/shots.ts';
import { expect, test } from '../support/test.ts';

for (const [width, height, colorScheme] of [
  [1440, 900, 'light'],
  [1440, 900, 'dark'],
  [390, 844, 'light'],
  [390, 844, 'dark'],
] as const) {
  test(`the API can be read, ${width} ${colorScheme}`, async ({ desk, people }) => {
    const look = { viewport: { width, height }, colorScheme } as const;
    const page = await people.newBrowser(look);
    await page.goto(`${desk.server.url}/docs`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    await shoot(page, `docs-${width}-${colorScheme}`);
    expect(
      violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(' ')}`)),
    ).toEqual([]);
    const overhang = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overhang, 'pixels beyond the edge').toBe(0);

    await page.getByRole('navigation').getByRole('link', { name: 'Webhooks', exact: true }).click();
    const renew = page.locator('article', { hasText: '/renew_secret' }).first();
    await renew.scrollIntoViewIfNeeded();
    await renew.getByText('Example').click();
    await expect(renew.locator('pre')).toContainText('curl');
    await shoot(page, `docs-operation-${width}-${colorScheme}`);
    await renew.getByRole('link', { name: 'OneWebhookView' }).first().click();
    await expect(page.locator('#shape-OneWebhookView')).toBeInViewport();
  });
}
