/** A door before a TCP server, at the turn of a switch: it lets through, refuses connections and breaks those it has, or lets nothing pass. */
import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';

export class TcpGate {
  readonly port: number;
  readonly #to: { host: string; port: number };
  #server: Server;
  #mode: 'open' | 'refuse' | 'hang' = 'open';
  readonly #sockets = new Set<Socket>();

  private constructor(to: { host: string; port: number }, server: Server) {
    this.#to = to;
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (socket) => this.#pass(socket));
  }

  static async before(to: { host: string; port: number }): Promise<TcpGate> {
    return new TcpGate(to, await listening(0));
  }

  /** Nothing listens here any more. */
  async refuse(): Promise<void> {
    this.#mode = 'refuse';
    this.#server.close();
    this.#break();
  }

  /** Who is connected, and who connects from now on, is heard by nobody. */
  hang(): void {
    this.#mode = 'hang';
    for (const socket of this.#sockets) socket.pause();
  }

  /** Lets through again; what hung is broken, as a network does that forgot its connections. */
  async open(): Promise<void> {
    this.#break();
    if (this.#mode === 'refuse') {
      this.#server = await listening(this.port);
      this.#server.on('connection', (socket) => this.#pass(socket));
    }
    this.#mode = 'open';
  }

  async close(): Promise<void> {
    this.#break();
    this.#server.close();
  }

  #pass(from: Socket): void {
    const into = connect(this.#to);
    for (const [one, other] of [[from, into], [into, from]] as const) {
      this.#sockets.add(one);
      one.on('error', () => undefined);
      one.on('data', (chunk) => void other.write(chunk));
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      if (this.#mode === 'hang') one.pause();
    }
  }

  #break(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }
}

async function listening(port: number): Promise<Server> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
