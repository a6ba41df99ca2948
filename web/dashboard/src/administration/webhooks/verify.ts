// How a receiver checks a signature, to be copied from the page. The same code stands in docs/API.md.

/** For Node, with the body as it came, before anything parsed it. */
export const VERIFY = `import { createHmac, timingSafeEqual } from 'node:crypto';

function isFromFrontdesk(headers, rawBody, secret) {
  const timestamp = headers['x-chatwoot-timestamp'];
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return false;
  const expected = Buffer.from(
    'sha256=' + createHmac('sha256', secret).update(\`\${timestamp}.\${rawBody}\`).digest('hex'),
  );
  const given = Buffer.from(headers['x-chatwoot-signature'] ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}`;
