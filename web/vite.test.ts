// Settings of the unit tests of all web parts. Not used by any build.
// A test that needs a document says so in its first line: `// @vitest-environment jsdom`.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte({ configFile: false })],
  resolve: { conditions: ['browser'] },
  test: {
    include: ['{api,dashboard,emoji,realtime,text,widget}/**/*.test.ts'],
    maxWorkers: 2,
    // Nothing is timed here: a machine that is busy otherwise takes as long as it takes.
    testTimeout: 60_000,
  },
});
