// Builds the launcher's later half: a module of its own, whose hashed name vite.launcher.ts writes into the launcher.
// Not the launcher, and not the chat in its frame.
import { defineConfig } from 'vite';
import { build, root } from './vite.shared.ts';

export default defineConfig({
  root: `${root}widget`,
  build: {
    ...build,
    lib: { entry: `${root}widget/host/main.ts`, formats: ['es'] },
    rolldownOptions: { output: { entryFileNames: 'assets/widget-host-[hash].js' } },
  },
});
