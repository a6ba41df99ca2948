// The real server as a process: started, killed, started again on the same port and data. Not what is in its database.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { binary, cleanEnvironment, elsewhere } from './binary.ts';

/** How long a server may take until it listens, on a busy machine. */
const START_MS = 30_000;
/** Its own limit for open requests is ten seconds. */
const STOP_MS = 20_000;
/** What only a fault writes to the log. */
const COMPLAINT = /\bERROR\b|panicked at|RUST_BACKTRACE/;

export interface ServeOptions {
  /** Data directory. */
  data: string;
  /** Port on 127.0.0.1; 0 for any. */
  port: number;
  /** More arguments of `serve`. */
  more?: string[];
}

/** One server, through all its lives. */
export class Server {
  readonly #options: ServeOptions;
  #process: ChildProcess | null = null;
  #lines: Interface | null = null;
  #said: string[] = [];
  #log: string[] = [];
  #url = '';

  private constructor(options: ServeOptions) {
    this.#options = options;
  }

  /** A server that listens. */
  static async start(options: ServeOptions): Promise<Server> {
    const server = new Server(options);
    await server.start();
    return server;
  }

  /** Its address, like http://127.0.0.1:3000. */
  get url(): string {
    return this.#url;
  }

  /** Everything that it logged. */
  get log(): string {
    return this.#log.join('\n');
  }

  /** Lines of the log that only a fault writes. */
  complaints(): string[] {
    return this.#log.filter((line) => COMPLAINT.test(line));
  }

  /** Starts it, again after a kill, and waits until it listens. */
  async start(): Promise<void> {
    const { data, port, more = [] } = this.#options;
    // All of a journey's visitors come from one address.
    const limits = ['--address-limits', '0'];
    // Receivers of webhooks stand beside it.
    const open = [...limits, '--allow-private-webhooks'];
    const args = ['serve', '--data', data, '--listen', `127.0.0.1:${port}`, ...open, ...more];
    const child = spawn(binary, args, {
      cwd: elsewhere,
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    this.#said = [];
    createInterface({ input: child.stderr }).on('line', (line) => this.#log.push(line));
    const lines = createInterface({ input: child.stdout }).on('line', (line) =>
      this.#said.push(line),
    );
    this.#lines = lines;
    this.#url = await new Promise<string>((ready, failed) => {
      const fail = (why: string) => {
        clearTimeout(timer);
        failed(new Error(`the server ${why}\n${this.log}`));
      };
      const timer = setTimeout(() => fail(`did not listen within ${START_MS} ms`), START_MS);
      child.once('error', (error) => fail(`could not be started: ${error.message}`));
      child.once('exit', (code, signal) => fail(`ended at its start: ${code ?? signal}`));
      lines.on('line', (line) => {
        const found = /^listening on (http:\/\/\S+)$/.exec(line)?.[1];
        if (found === undefined) return;
        clearTimeout(timer);
        ready(found);
      });
    });
  }

  /** Waits until what it printed in this life fits the pattern; the pattern's first group. */
  async hear(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.#said.join('\n'))?.[1];
      if (found !== undefined) return found;
      if (!this.#lines) throw new Error('the server was never started');
      await once(this.#lines, 'line', { signal: AbortSignal.timeout(START_MS) });
    }
  }

  /** SIGKILL: as if the power went. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** SIGTERM, and the exit status; whoever does not go is killed, and the test fails. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null)
      return child?.exitCode ?? null;
    const ended = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(timer);
    return child.exitCode;
  }
}
