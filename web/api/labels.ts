// The members' REST calls about labels, typed. Which conversation carries which is in client.ts.
import { signedIn } from './client';
import type { Label } from './types';

/** What a label is made of. */
export type LabelSettings = Partial<
  Pick<Label, 'title' | 'description' | 'color' | 'show_on_sidebar'>
>;

/** The calls about one account's labels. */
export function labelsOf(account: number) {
  const base = `/accounts/${account}/labels`;
  return {
    list: async () => (await signedIn<{ payload: Label[] }>('GET', base)).payload,
    create: (settings: LabelSettings) => signedIn<Label>('POST', base, settings),
    update: (id: number, settings: LabelSettings) =>
      signedIn<Label>('PATCH', `${base}/${id}`, settings),
    remove: (id: number) => signedIn<void>('DELETE', `${base}/${id}`),
  };
}
