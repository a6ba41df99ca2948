// The dashboard as a member meets it: log-in, lists, a conversation. Names are those that a screen reader says.
import { expect, type Locator, type Page } from '@playwright/test';
import { anyOf } from './chat.ts';

/** One member's dashboard, on one tab. */
export class Dashboard {
  readonly page: Page;
  readonly url: string;
  /** The messages of the conversation on show. */
  readonly log: Locator;
  readonly list: Locator;
  readonly reply: Locator;

  constructor(page: Page, serverUrl: string) {
    this.page = page;
    this.url = serverUrl;
    this.log = page.getByRole('log', { name: 'Messages' });
    this.list = page.getByRole('region', { name: 'Conversations', exact: true });
    this.reply = page.getByRole('textbox', { name: 'Reply' });
  }

  /** Fills the log-in that is on show. */
  async fillLogin(email: string, password: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await this.page.getByRole('textbox', { name: 'Password' }).fill(password);
    await this.page.getByRole('button', { name: 'Log in' }).click();
  }

  /** From the address an owner is given to the first list. */
  async logIn({ email, password }: { email: string; password: string }): Promise<void> {
    await this.page.goto(`${this.url}/app`);
    await this.fillLogin(email, password);
    await expect(this.list).toBeVisible();
  }

  /** Goes to a list by its name in the navigation. */
  async goTo(view: 'My inbox' | 'Unassigned' | 'All open' | 'Resolved'): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: view }).click();
    await expect(this.list.getByRole('heading', { name: view })).toBeVisible();
  }

  /** A conversation in the list, by its contact's name. */
  row(contact: string): Locator {
    return this.list.getByRole('link').filter({ hasText: contact });
  }

  /** Opens a conversation of the list on show. */
  async open(contact: string): Promise<void> {
    await this.row(contact).click();
    await expect(this.thread(contact)).toBeVisible();
    await expect(this.reply).toBeVisible();
  }

  /** The conversation on show. */
  thread(contact: string): Locator {
    return this.page.getByRole('region', { name: `Conversation with ${contact}` });
  }

  async say(words: string): Promise<void> {
    await this.reply.fill(words);
    await this.reply.press('Enter');
    await expect(this.bubble(words)).toBeVisible();
  }

  /** Writes a private note, and goes back to replying. */
  async note(words: string): Promise<void> {
    const ways = this.page.getByRole('group', { name: 'Write as' });
    await ways.getByRole('button', { name: 'Note' }).click();
    await this.page.getByRole('textbox', { name: 'Note' }).fill(words);
    await this.page.getByRole('button', { name: 'Add note' }).click();
    await expect(this.bubble(words)).toBeVisible();
    await ways.getByRole('button', { name: 'Reply' }).click();
  }

  /** The message with exactly these words. */
  bubble(words: string): Locator {
    return this.log.getByRole('paragraph').filter({ hasText: anyOf([words]) });
  }

  /** What the thread holds of these words, in its order; proves that nothing is lost, doubled or out of order. */
  async shows(words: string[]): Promise<void> {
    await expect(this.log.getByRole('paragraph').filter({ hasText: anyOf(words) })).toHaveText(
      words,
    );
  }

  /** Everything is with the server. */
  async hasSentAll(): Promise<void> {
    await expect(this.log.getByText(/^(Sending…|Waiting for the connection)$/)).toHaveCount(0);
    await expect(this.log.getByText('Not sent')).toHaveCount(0);
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
}
