// What a presence is called. Not the rule of who is present.

/** English, by REST's word. */
export const words = {
  online: 'Online',
  busy: 'Away',
  offline: 'Offline',
  invisible: 'Invisible',
} as const;
