// What axe finds on a page that is on show. Not pictures of it: see shots.ts.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What fades in is measured when it is there: half-way its colours are nobody's. */
async function isStill(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        // One that is called off is still, too.
        .map(({ finished }) => finished.catch(() => undefined)),
    ),
  );
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
