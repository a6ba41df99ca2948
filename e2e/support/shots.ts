// Pictures of the main states, for eyes: test-results/shots. Nothing is compared with them.
import type { Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';

const directory = fileURLToPath(new URL('../test-results/shots/', import.meta.url));

/** Takes a picture of what the tab shows, without its moving parts. */
export async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${directory}${name}.png`, animations: 'disabled', caret: 'hide' });
}
