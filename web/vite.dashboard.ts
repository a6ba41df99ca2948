// Builds (and serves, while developing) the dashboard. Not the widget: see vite.frame.ts and vite.launcher.ts.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Plugin } from 'vite';
import { build, root } from './vite.shared.ts';

/** Where `npm run dev` finds the server for REST and the socket. */
const backend = process.env.FRONTDESK_URL ?? 'http://127.0.0.1:3000';

/** While developing, /login and /app/* are the dashboard's page, as the server has it. */
const pages: Plugin = {
  name: 'frontdesk-pages',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      if (/^\/(login|app)?(\/|\?|$)/.test(request.url ?? '')) request.url = '/dashboard/index.html';
      next();
    });
  },
};

export default defineConfig({
  root,
  appType: 'mpa',
  plugins: [pages, tailwindcss(), svelte({ configFile: false })],
  build: { ...build, rolldownOptions: { input: `${root}dashboard/index.html` } },
  server: {
    port: 5173,
    proxy: {
      '/api/v1': { target: backend },
      '/realtime': { target: backend, ws: true },
    },
  },
});
