// What axe finds on a page that is on show. Not pictures of it: see shots.ts.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What fades in is measured when it is there: half-way its colours are nobody's. */
async function isStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const moving = () =>
      document
        .getAnimations()
        .filter(
          ({ effect, playState }) =>
            playState !== 'finished' && effect?.getComputedTiming().endTime !== Infinity,
        );
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    // What has just been put on the page begins to move with the next frame only.
    await frame();
    await frame();
    while (moving().length > 0) {
      // One that is called off is still, too.
      await Promise.all(moving().map(({ finished }) => finished.catch(() => undefined)));
      await frame();
    }
  });
}

/** Fails with every finding. */
export async function isAccessible(page: Page, what: string): Promise<void> {
  await isStill(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const findings = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}\n${node.failureSummary}`),
  );
  expect(findings, what).toEqual([]);
}
