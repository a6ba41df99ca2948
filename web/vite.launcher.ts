// Builds the widget's launcher: one classic script without imports, for pages of other people.
// Not the chat it opens: see vite.frame.ts. Runs after vite.host.ts, whose file it names.
import { readdirSync } from 'node:fs';
import { defineConfig } from 'vite';
import { build, root } from './vite.shared.ts';

/** Path on the server of the launcher's later half. */
function hostFile(): string {
  const names = readdirSync(`${build.outDir}/assets`);
  const found = names.find((name) => /^widget-host-[\w-]+\.js$/.test(name));
  if (!found) throw new Error('build the host part first: npm run build:host');
  return `/assets/${found}`;
}

export default defineConfig({
  root: `${root}widget`,
  define: { __HOST_FILE__: JSON.stringify(hostFile()) },
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
