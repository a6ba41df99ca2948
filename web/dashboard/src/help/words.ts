// What the sheet of shortcuts says around the table. The shortcuts' own words are in the table.

/** English. */
export const words = {
  title: 'Keyboard shortcuts',
  characters: 'Single-key shortcuts',
  charactersText:
    'Off: letters and signs do nothing, for anyone who dictates or presses keys by chance. Arrows, Enter and combinations stay.',
  then: 'then',
  or: 'or',
} as const;
