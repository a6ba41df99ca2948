// What the picture viewer says, in English. Apart from the thread's words, because it is loaded apart.

/** English. */
export const viewerWords = {
  larger: 'Zoom in',
  smaller: 'Zoom out',
  download: 'Download',
  previous: 'Previous picture',
  next: 'Next picture',
  picture: 'Picture',
} as const;
