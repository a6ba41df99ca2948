// Hands a file over to the browser's downloads. Not how it was fetched.

/** The browser reads it within this; then its memory is given back. */
const READ_MS = 60_000;

/** Saves it under a name. */
export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), READ_MS);
}
