// A cable between browsers and the server that can be pulled: connections break and no new one comes through.
// The test driver's own offline switch leaves sockets alive, as no real network does. Not for outages of the server itself.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** One cable, at first whole. */
export class Cable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #whole = true;

  private constructor(port: number) {
    this.#server = createServer((near) => {
      this.#keep(near);
      if (!this.#whole) return near.destroy();
      const far = connect(port, '127.0.0.1');
      this.#keep(far);
      near.pipe(far).pipe(near);
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
      return;
    });
  }

  /** A cable to a server. */
  static async to(serverUrl: string): Promise<Cable> {
    const cable = new Cable(Number(new URL(serverUrl).port));
    cable.#server.listen(0, '127.0.0.1');
    await once(cable.#server, 'listening');
    return cable;
  }

  /** The near end. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  pull(): void {
    this.#whole = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#whole = true;
  }

  async remove(): Promise<void> {
    this.pull();
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    // Broken on purpose; both ends are closed above.
    socket.on('error', () => undefined);
  }
}
