// Builds the widget's chat: the page in the iframe, which is also the hosted chat page.
// Not the launcher on the host's page (vite.launcher.ts); no Tailwind, because its size is counted in kilobytes.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { build, root } from './vite.shared.ts';

/** The page counts among the bytes before a visitor can type, so it carries no comments and no indentation. */
const tight: Plugin = {
  name: 'tight',
  transformIndexHtml: {
    order: 'post',
    handler: (html) =>
      html
        .replace(/<!--.*?-->/gs, '')
        .replace(/>\s+</g, '><')
        .replace(/\s+/g, ' ')
        // All files are of our own origin.
        .replaceAll(' crossorigin', '')
        .replaceAll(' />', '>'),
  },
};

export default defineConfig({
  root: `${root}widget`,
  appType: 'mpa',
  plugins: [
    svelte({ configFile: false, compilerOptions: { runes: true, discloseVersion: false } }),
    tight,
  ],
  build: { ...build, rolldownOptions: { input: `${root}widget/frame/index.html` } },
});
