// Builds the widget's launcher: one classic script without imports, for pages of other people.
// Not the chat it opens: see vite.frame.ts.
import { defineConfig } from 'vite';
import { build, root } from './vite.shared.ts';

export default defineConfig({
  root: `${root}widget`,
  build: {
    ...build,
    lib: {
      entry: `${root}widget/launcher.ts`,
      formats: ['iife'],
      name: 'frontdeskLauncher',
      fileName: () => 'launcher.js',
    },
  },
});
