// The chat as a visitor meets it: the bubble on a website and the panel behind it, or the chat as a page of its own.
import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';

/** One visitor's chat, on one tab. */
export class Chat {
  readonly page: Page;
  readonly root: Page | FrameLocator;
  /** The messages, oldest first. */
  readonly log: Locator;
  /** The field for the first message and for every later one. */
  readonly message: Locator;

  private constructor(page: Page, root: Page | FrameLocator) {
    this.page = page;
    this.root = root;
    this.log = root.getByRole('log', { name: 'Messages' });
    this.message = root.getByRole('textbox', { name: 'Message' });
  }

  /** The chat behind the bubble of the page that is open in this tab. */
  static behindBubble(page: Page): Chat {
    return new Chat(page, page.frameLocator('iframe[src*="/widget/"]'));
  }

  /** The chat that is this tab's page. */
  static asPage(page: Page): Chat {
    return new Chat(page, page);
  }

  get bubble(): Locator {
    return this.page.getByRole('button', { name: /^Open chat/ });
  }

  get name(): Locator {
    return this.root.getByRole('textbox', { name: 'Your name' });
  }

  get email(): Locator {
    return this.root.getByRole('textbox', { name: 'Your e-mail' });
  }

  /** Opens the panel by its bubble and waits until one can type. */
  async open(): Promise<void> {
    await this.bubble.click();
    await expect(this.message).toBeVisible();
  }

  /** Fills the first view and sends it. */
  async begin(words: string, name = ''): Promise<void> {
    if (name !== '') await this.name.fill(name);
    await this.message.fill(words);
    await this.root.getByRole('button', { name: 'Start chat' }).click();
    await expect(this.row(words)).toBeVisible();
  }

  /** Sends one more message, as people do: with Enter. */
  async say(words: string): Promise<void> {
    await this.message.fill(words);
    await this.message.press('Enter');
    await expect(this.row(words)).toBeVisible();
  }

  /** The rows with these words. */
  row(words: string | RegExp): Locator {
    return this.log.getByRole('listitem').filter({ hasText: words });
  }

  /** What the log holds of these words, in its order; proves that nothing is lost, doubled or out of order. */
  async shows(words: string[]): Promise<void> {
    await expect(this.log.getByRole('paragraph').filter({ hasText: anyOf(words) })).toHaveText(
      words,
    );
  }

  /** Everything is with the server. */
  async hasSentAll(): Promise<void> {
    await expect(this.log.getByText('Sending', { exact: true })).toHaveCount(0);
    await expect(this.log.getByText('Not sent')).toHaveCount(0);
  }
}

/** Matches a text that is one of these. */
export function anyOf(words: string[]): RegExp {
  const escaped = words.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^\\s*(?:${escaped.join('|')})\\s*$`);
}
