// Unguessable strings from the browser's random source. Not UUIDs: `crypto.randomUUID` needs https, and many small sites have none.

/** `bytes` random bytes as base64url without padding: 16 bytes make 22 characters, 32 make 43. */
export function randomId(bytes = 16): string {
  const drawn = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...drawn))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
