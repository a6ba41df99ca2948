// The members' REST calls about webhooks, typed. Not in client.ts: only the administration asks, and it is loaded when opened.
import { signedIn } from './client';
import type { components } from './schema';

/** Where an account is told of what happens. */
export type Webhook = components['schemas']['WebhookView'];
/** One happening on its way to a webhook, or what became of it. */
export type Delivery = components['schemas']['DeliveryView'];
/** The same with the text that is sent. */
export type FullDelivery = components['schemas']['FullDeliveryView'];
export type DeliveryPage = components['schemas']['DeliveriesView'];
export type DeliveryState = 'pending' | 'delivered' | 'failed';

/** What an administrator decides; `inbox_id` 0 is every inbox. */
export interface WebhookDraft {
  url: string;
  name: string;
  subscriptions: string[];
  inbox_id: number;
}

/** Deliveries in a page. */
export const DELIVERIES_PER_PAGE = 25;

/** The calls about one account's webhooks. */
export function webhooksOf(account: number) {
  const base = `/accounts/${account}/webhooks`;
  type One = { payload: { webhook: Webhook } };
  return {
    list: async () =>
      (await signedIn<{ payload: { webhooks: Webhook[] } }>('GET', base)).payload.webhooks,
    read: async (id: number) => (await signedIn<One>('GET', `${base}/${id}`)).payload.webhook,
    create: async (draft: WebhookDraft) =>
      (await signedIn<One>('POST', base, draft)).payload.webhook,
    update: async (id: number, draft: WebhookDraft) =>
      (await signedIn<One>('PATCH', `${base}/${id}`, draft)).payload.webhook,
    renewSecret: async (id: number) =>
      (await signedIn<One>('POST', `${base}/${id}/renew_secret`)).payload.webhook,
    remove: (id: number) => signedIn<void>('DELETE', `${base}/${id}`),
    deliveries: (id: number, state: DeliveryState | null, before: number | null) => {
      const asked = [state && `state=${state}`, before !== null && `before=${before}`];
      const query = asked.filter(Boolean).join('&');
      return signedIn<DeliveryPage>('GET', `${base}/${id}/deliveries${query && `?${query}`}`);
    },
    delivery: (id: number, delivery: number) =>
      signedIn<FullDelivery>('GET', `${base}/${id}/deliveries/${delivery}`),
    retry: (id: number, delivery: number) =>
      signedIn<Delivery>('POST', `${base}/${id}/deliveries/${delivery}/retry`),
  };
}

/** The calls about one account's webhooks. */
export type Webhooks = ReturnType<typeof webhooksOf>;
