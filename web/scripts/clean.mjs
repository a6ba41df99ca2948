// Empties dist before a build: the three builds write side by side and must not empty each other's work.
// Not a build step of its own.
import { rm } from 'node:fs/promises';

await rm(new URL('../dist', import.meta.url), { recursive: true, force: true });
