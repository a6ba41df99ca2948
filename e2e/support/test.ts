// What a journey begins with: a server of its own and people with browsers. After it, the server must have logged no fault,
// no page may have thrown, and the server must stop when it is told to.
import { test as base, expect, type TestInfo } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cable } from './cable.ts';
import { startDemo, type Demo } from './demo.ts';
import { startDesk, type Desk } from './desk.ts';
import { People } from './people.ts';
import type { Server } from './server.ts';

export { expect };

interface Fixtures {
  /** An empty directory, gone after the journey. */
  directory: string;
  people: People;
  demo: Demo;
  desk: Desk;
  /** A cable to the desk's server that can be pulled. */
  cable: Cable;
}

export const test = base.extend<Fixtures>({
  directory: async ({}, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'frontdesk-e2e-'));
    await use(directory);
    await rm(directory, { recursive: true, force: true });
  },
  people: async ({ browser }, use) => {
    const people = new People(browser);
    await use(people);
    await people.leave();
    expect(people.faults(), 'faults inside the pages').toEqual([]);
  },
  demo: async ({ directory }, use, testInfo) => {
    const demo = await startDemo(directory);
    await use(demo);
    await endServer(demo.server, testInfo);
  },
  desk: async ({ directory }, use, testInfo) => {
    const desk = await startDesk(directory);
    await use(desk);
    await desk.site.stop();
    await endServer(desk.server, testInfo);
  },
  cable: async ({ desk }, use) => {
    const cable = await Cable.to(desk.server.url);
    await use(cable);
    await cable.remove();
  },
});

async function endServer(server: Server, testInfo: TestInfo): Promise<void> {
  const status = await server.stop();
  await testInfo.attach('server.log', { body: server.log, contentType: 'text/plain' });
  expect(server.complaints(), 'faults in the log of the server').toEqual([]);
  expect(status ?? 0, 'exit status of the server').toBe(0);
}
