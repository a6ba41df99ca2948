// What the page of one's own profile says. The notification choices have their own words: see notify/words.ts.

/** English. */
export const words = {
  title: 'Your profile',
  text: 'Your name and picture are shown to your team and to the people you write to.',
  back: 'Conversations',
  loading: 'Your profile is loading.',
  loadFailed: 'Your profile could not be loaded',
  loadFailedText: 'The server did not answer.',

  you: 'You',
  picture: 'Picture',
  pictureText: 'PNG, JPEG or WebP. It is cut to a square.',
  choosePicture: 'Choose a picture',
  changePicture: 'Change picture',
  removePicture: 'Remove',
  dropPicture: 'Drop it here',
  pictureUnreadable:
    'This file is not a picture that can be shown. Choose a PNG, JPEG or WebP file.',
  pictureSet: 'Your picture is changed',
  pictureRemoved: 'Your picture is removed',
  name: 'Name',
  email: 'E-mail address',
  emailText: 'You log in with it.',

  signature: 'Signature',
  signatureText:
    'Ends each reply that you write here, unless you leave it out of one. Private notes go without. Markdown works as in messages.',
  signatureLabel: 'Your signature',
  preview: 'How it looks',
  previewEmpty: 'Nothing yet.',

  notifications: 'Notifications',
  notificationsText: 'What you are told of, and how: the same in every browser.',
  openNotifications: 'Choose what to be told of',

  appearance: 'Appearance',
  appearanceText: 'For this browser.',

  password: 'Password',
  passwordText: 'A new password logs you out everywhere else.',
  current: 'Current password',
  fresh: 'New password',
  freshText: '8 characters or more.',
  setPassword: 'Change password',
  passwordSet: 'Changed. You are logged out everywhere else.',

  token: 'API token',
  tokenText: 'Programs prove with it that they act for you. It is shown once, when it is made.',
  newToken: 'Make a new token',
  confirmTitle: 'Make a new API token?',
  confirmText:
    'Every older token stops working at once. Programs and scripts that use one are refused until they have the new one.',
  confirm: 'Make a new token',
  cancel: 'Cancel',
  yourToken: 'Your new API token',
  tokenOnce: 'Keep it in a safe place now: it is not shown again.',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Could not copy. Select the token and copy it by hand.',

  save: 'Save',
  saved: 'Saved',
  noAnswer: 'No answer from the server. Nothing was changed.',
} as const;
