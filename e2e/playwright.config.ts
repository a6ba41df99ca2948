// How the journeys, the crash test and the measurements run: the real binary, a real Chromium, two at a time. Not what they promise.
import { defineConfig, devices } from '@playwright/test';

/** Debian's Chromium; nothing is downloaded. */
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig({
  outputDir: 'test-results/artifacts',
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  // A journey that passes only sometimes has found something.
  retries: 0,
  reporter: [['list']],
  timeout: 120_000,
  // A page may wait 15 seconds until it tries once more to reach the server.
  expect: { timeout: 25_000 },
  projects: [
    { name: 'journeys', testDir: 'journeys' },
    // A trace of a thousand rounds would not fit anywhere; the test tells its own story.
    { name: 'crash', testDir: 'crash', use: { trace: 'off' } },
    // A trace would be measured too.
    { name: 'bench', testDir: 'bench', use: { trace: 'off' } },
  ],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    // Nothing here takes longer; without a limit a click would wait for the whole journey's time.
    actionTimeout: 15_000,
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath: chromium,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-dev-shm-usage',
      ],
    },
  },
});
