// Tells the member of messages they are not looking at: by sound, on the desktop, to a screen reader. One tab of several does.
// Not the rules (rules.ts) and not the title (Sign.svelte).
import icon from '../../icon.svg';
import type { Message } from '../../../api/types';
import { attention } from '../lib/attention.svelte';
import { contactName } from '../lib/names';
import { inboxPath, router } from '../router.svelte';
import type { Account } from '../state/account.svelte';
import { announcer } from '../ui/announcer.svelte';
import { claim } from './claim';
import { concerns, means, patience, type Look } from './rules';
import { Sayings } from './sayings';
import { settings } from './settings.svelte';
import { playTone, prepareTone } from './tone';
import { words } from './words';

/** A notification shows no more of a message. */
const TEXT_CHARACTERS = 160;

/** Which account is on show, and which conversation, if one is. */
type OnShow = () => { account: number; conversation: number | null };

export class Notifier {
  readonly #onShow: OnShow;
  readonly #hasSeveralAccounts: boolean;
  readonly #sayings = new Sayings((text) => announcer.say(text));
  readonly #shown = new Set<Notification>();
  readonly #stopPreparing = prepareTone();
  readonly #seen = () => {
    if (document.visibilityState === 'visible') this.#withdraw();
  };

  constructor(onShow: OnShow, hasSeveralAccounts: boolean) {
    this.#onShow = onShow;
    this.#hasSeveralAccounts = hasSeveralAccounts;
    document.addEventListener('visibilitychange', this.#seen);
  }

  /** Another person's message has arrived. */
  hear(account: Account, message: Message): void {
    if (message.sender_type !== 'Contact') return;
    const known = account.inbox.conversations.get(message.conversation_id);
    if (!known || !concerns(settings.choices.about, known, account.me)) return;
    const onShow = this.#onShow();
    const isOnShow =
      onShow.account === account.membership.id && onShow.conversation === message.conversation_id;
    const name = contactName(known.meta.sender);
    const text = (message.content || words.file).slice(0, TEXT_CHARACTERS);
    // The thread on show is a log of its own; what is heard elsewhere has to be said.
    if (!isOnShow && attention.isHere) this.#sayings.add(words.heard(name, text));
    const look: Look = {
      watches: isOnShow && attention.isHere,
      isVisible: document.visibilityState === 'visible',
    };
    void this.#tell(account, message, look, { name, text });
  }

  close(): void {
    this.#withdraw();
    this.#sayings.close();
    this.#stopPreparing();
    document.removeEventListener('visibilitychange', this.#seen);
  }

  async #tell(
    account: Account,
    message: Message,
    look: Look,
    { name, text }: { name: string; text: string },
  ): Promise<void> {
    const isOurs = await claim(`${account.membership.id}/${message.id}`, patience(look));
    if (!isOurs) return;
    const { sound, desktop } = means(look, settings.choices);
    if (sound) playTone();
    if (!desktop || settings.permission !== 'granted') return;
    const title = this.#hasSeveralAccounts ? words.inAccount(name, account.membership.name) : name;
    this.#show(account.membership.id, message.conversation_id, title, text);
  }

  #show(account: number, conversation: number, title: string, body: string): void {
    try {
      const tag = `${account}/${conversation}`;
      const shown = new Notification(title, { body, tag, icon, silent: true });
      this.#shown.add(shown);
      shown.onclose = () => this.#shown.delete(shown);
      shown.onclick = () => {
        window.focus();
        router.go(inboxPath(account, 'open', conversation));
        shown.close();
      };
    } catch {
      // Some phones show notifications of installed pages only.
    }
  }

  #withdraw(): void {
    for (const shown of this.#shown) shown.close();
    this.#shown.clear();
  }
}
