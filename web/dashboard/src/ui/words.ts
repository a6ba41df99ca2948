// What the shared pieces of the dashboard say, in English. Not the pages' own words.

/** English. */
export const uiWords = {
  code: 'Code',
  copyCode: 'Copy code',
  copied: 'Copied',
  copyFailed: 'The browser did not allow copying.',
} as const;
