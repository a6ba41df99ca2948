// The calls about the person who is logged in, typed. Not in client.ts: only their own page asks, and it is loaded when opened.
import { signedIn } from './client';
import type { components } from './schema';

/** The person as they see themselves. `access_token` only in the answer that made it. */
export type Profile = components['schemas']['ProfileView'];

/** What can be changed with one call; what is absent stays. */
export interface ProfileChange {
  name?: string;
  message_signature?: string;
  /** Keys that are given replace what the profile keeps under them. */
  ui_settings?: Readonly<Record<string, unknown>>;
  current_password?: string;
  password?: string;
}

/** The calls. Each throws what `signedIn` throws. */
export const profileCalls = {
  read: () => signedIn<Profile>('GET', '/profile'),
  change: (change: ProfileChange) => signedIn<Profile>('PATCH', '/profile', change),
  setPicture: (picture: Blob) => {
    const form = new FormData();
    form.append('avatar', picture, 'picture');
    return signedIn<Profile>('PATCH', '/profile', form);
  },
  removePicture: () => signedIn<Profile>('DELETE', '/profile/avatar'),
  newToken: () => signedIn<Profile>('POST', '/profile/reset_access_token'),
};
