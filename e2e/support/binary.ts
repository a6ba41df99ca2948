// The program under test: where it is, and commands that it runs and ends. Not the server that goes on: see server.ts.
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';

/** The binary; the debug build when nobody names another. */
export const binary = resolve(
  process.env.FRONTDESK_BIN ?? new URL('../../target/debug/frontdesk', import.meta.url).pathname,
);

/** A place without a frontdesk.toml. */
export const elsewhere = tmpdir();

/** The environment without settings that somebody has for a server of their own. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([key]) => !key.startsWith('FRONTDESK_'));
  return { ...Object.fromEntries(entries), RUST_BACKTRACE: '1' };
}

/** Runs a command to its end and returns what it prints; `input` is its standard input. Fails with its words. */
export function runText(args: string[], input = ''): Promise<string> {
  return new Promise((done, failed) => {
    const options = { cwd: elsewhere, env: cleanEnvironment() };
    const child = execFile(binary, args, options, (error, stdout, stderr) => {
      if (error)
        failed(new Error(`frontdesk ${args.slice(0, 2).join(' ')}: ${stderr || error.message}`));
      else done(stdout);
    });
    child.stdin?.end(input);
  });
}

/** As `runText`, for commands that print JSON. */
export async function runJson<Answer>(args: string[], input = ''): Promise<Answer> {
  return JSON.parse(await runText(args, input)) as Answer;
}
