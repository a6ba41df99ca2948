// What the webhooks page says, and the events in plain words. Not the shapes of the API.
import type { DeliveryState } from '../../../../api/webhooks';

/** The events to choose from, in the order of the form. `webwidget_triggered` is accepted by the API and not told yet. */
export const EVENTS = [
  { word: 'message_created', label: 'New message', text: 'Somebody wrote; private notes too' },
  { word: 'message_updated', label: 'Message changed', text: 'A message was changed or deleted' },
  { word: 'conversation_created', label: 'New conversation', text: 'A conversation began' },
  {
    word: 'conversation_status_changed',
    label: 'Status changed',
    text: 'Resolved, reopened, snoozed or held back',
  },
  {
    word: 'conversation_updated',
    label: 'Conversation changed',
    text: 'Status, owner, people, labels or priority',
  },
  { word: 'contact_created', label: 'New contact', text: 'Somebody new is known' },
  { word: 'contact_updated', label: 'Contact changed', text: 'Name, address or details' },
] as const;

/** An event's name for people; one that this dashboard does not know keeps its own. */
export function eventLabel(word: string): string {
  return EVENTS.find((event) => event.word === word)?.label ?? word;
}

/** The names of the events that a webhook asked for, or null when it asked for every one. */
export function toldOf(subscriptions: readonly string[]): string[] | null {
  const known = EVENTS.filter((event) => subscriptions.includes(event.word));
  return known.length === EVENTS.length ? null : known.map((event) => event.label);
}

const state: Record<DeliveryState, string> = {
  pending: 'Waiting',
  delivered: 'Delivered',
  failed: 'Failed',
};

/** English. */
export const words = {
  title: 'Webhooks',
  text: 'Tell another server what happens here, as it happens.',
  create: 'New webhook',
  emptyTitle: 'No webhooks yet',
  emptyText: 'A webhook posts new messages, conversations and contacts to an address of yours.',
  loading: 'Loading webhooks',
  all: 'All webhooks',
  goneTitle: 'This webhook is gone',
  goneText: 'It was deleted, or its address is mistyped.',
  everyEvent: 'All events',
  events: (labels: string[]) =>
    labels.length <= 2
      ? labels.join(', ')
      : `${labels.slice(0, 2).join(', ')} and ${labels.length - 2} more`,
  everyInbox: 'All inboxes',
  onlyInbox: (name: string) => `Only ${name}`,

  formNew: 'New webhook',
  formEdit: 'Edit webhook',
  url: 'Address',
  urlHint: 'Receives each event as a JSON POST. Redirects are not followed.',
  name: 'Name',
  nameHint: 'For your team; may be empty.',
  inbox: 'Inbox',
  inboxHint: 'Events of contacts belong to no inbox: they are told only with all inboxes.',
  chosenEvents: 'Events',
  noEvents: 'Choose at least one event',
  save: 'Save',
  add: 'Add webhook',
  cancel: 'Cancel',
  saving: 'Saving…',
  saved: 'Webhook saved',
  failed: 'That did not work. Try again',

  edit: 'Edit',
  remove: 'Delete',
  removeTitle: 'Delete this webhook?',
  removeText: 'Nothing is sent to it any more, what still waits included, and its list is gone.',
  removed: 'Webhook deleted',
  secret: 'Secret',
  secretHidden: 'Hidden',
  show: 'Show',
  hide: 'Hide',
  copy: 'Copy',
  copied: 'Copied',
  renew: 'Renew secret',
  renewTitle: 'Renew the secret?',
  renewText:
    'Everything sent from now on is signed with a new secret. Until your receiver knows it, it will take nothing as ours: copy the new one there next. What it refuses meanwhile is sent again for a day.',
  renewed: 'The secret is new: copy it to your receiver',
  copyFailed: 'The browser did not allow copying',
  verify: 'How to check that a request is ours',
  verifyText:
    'X-Chatwoot-Signature is the HMAC-SHA256 of the timestamp, a dot and the body, under the secret. Compare in constant time, and refuse timestamps older than a few minutes. X-Chatwoot-Delivery is the same at every try of a delivery.',

  deliveries: 'Deliveries',
  filterAll: 'All',
  state,
  filter: 'Show deliveries',
  noneTitle: 'Nothing sent yet',
  noneText: 'Deliveries appear here as soon as something happens that this webhook asked for.',
  noneOfState: 'None of these',
  older: 'Show older',
  loadingDeliveries: 'Loading deliveries',
  notTried: 'not tried yet',
  tries: (n: number) => (n === 1 ? '1 try' : `${n} tries`),
  tookMs: (ms: number) => (ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`),
  nextTry: (time: string) => `next try ${time}`,
  again: 'Send again',
  sending: 'It is sent again',
  answer: 'What the target answered',
  noAnswer: 'Nothing',
  sent: 'What was sent',
  problem: 'What went wrong',
  details: (event: string, state: string, time: string) => `${event}, ${state}, ${time}`,
  deliveryName: 'Delivery',
} as const;
