// Builds the widget's chat: the page in the iframe, which is also the hosted chat page.
// Not the launcher on the host's page (vite.launcher.ts); no Tailwind, because its size is counted in kilobytes.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { build, root } from './vite.shared.ts';

export default defineConfig({
  root: `${root}widget`,
  appType: 'mpa',
  plugins: [svelte({ configFile: false })],
  build: { ...build, rolldownOptions: { input: `${root}widget/frame/index.html` } },
});
