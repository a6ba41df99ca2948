// What the three builds have in common: the root, the target, where assets go and how they are named.
// Not a configuration by itself: vite.dashboard.ts, vite.frame.ts and vite.launcher.ts are.
import { fileURLToPath } from 'node:url';
import type { BuildEnvironmentOptions } from 'vite';

/** The folder of all web sources: page paths below it become page paths below `dist`. */
export const root = fileURLToPath(new URL('.', import.meta.url));

/** Build options of every part. Nothing is inlined: the pages' CSP allows files of our origin only. */
export const build: BuildEnvironmentOptions = {
  target: 'es2022',
  outDir: fileURLToPath(new URL('dist', import.meta.url)),
  // Three builds share the folder; scripts/clean.mjs empties it once.
  emptyOutDir: false,
  assetsDir: 'assets',
  assetsInlineLimit: 0,
  modulePreload: { polyfill: false },
  reportCompressedSize: false,
};
