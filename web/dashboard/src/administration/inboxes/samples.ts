// How a website signs who is logged in, by language, and tells it in its pages. The secret is never in them: it belongs on the
// server.

/** Signing in the languages that most websites are written in. */
export const ON_SERVER = {
  Node: `import { createHmac } from 'node:crypto';

const identifier_hash = createHmac('sha256', process.env.FRONTDESK_SECRET)
  .update(user.id)
  .digest('hex');`,
  PHP: `$identifier_hash = hash_hmac('sha256', $user->id, getenv('FRONTDESK_SECRET'));`,
  Python: `import hashlib, hmac, os

identifier_hash = hmac.new(
    os.environ["FRONTDESK_SECRET"].encode(), user.id.encode(), hashlib.sha256
).hexdigest()`,
  Ruby: `identifier_hash = OpenSSL::HMAC.hexdigest('sha256', ENV.fetch('FRONTDESK_SECRET'), user.id)`,
  Rust: `use hmac::{Hmac, Mac};

let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes())?;
mac.update(user.id.as_bytes());
let identifier_hash = hex::encode(mac.finalize().into_bytes());`,
} as const;

/** A language of the samples. */
export type Language = keyof typeof ON_SERVER;

/** What a page says of a visitor who is logged in. */
export const IN_PAGE = `(window.frontdesk ||= []).push((chat) =>
  chat.identify({
    identifier: 'user-42',
    identifierHash: '…', // from your server
    name: 'Anna Berg',
    email: 'anna@example.com',
  }),
);`;
