import { createServer, type Server } from 'node:net';

/** A port of loopback that the kernel says is free now. */
export async function freePort(): Promise<number> {
  const held = await hold(0, '127.0.0.1');
  if (!held) throw new Error('no port of loopback is free');
  await held.release();
  return held.port;
}

/** A port that nobody else can take until it is released, right before its user starts. */
export interface HeldPort {
  port: number;
  /** True when the wished one was taken. */
  replaced: boolean;
  release(): Promise<void>;
}

/** Holds the wished port, else one from the kernel. */
export async function holdPort(wished: number, host = '127.0.0.1'): Promise<HeldPort> {
  const held = await hold(wished, host);
  if (held) return { ...held, replaced: false };
  const other = await hold(0, host);
  if (!other) throw new Error(`no port of ${host} is free`);
  return { ...other, replaced: true };
}

function hold(port: number, host: string): Promise<Omit<HeldPort, 'replaced'> | undefined> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve(undefined));
    server.listen(port, host, () => {
      const address = server.address();
      server.unref();
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        release: () => close(server),
      });
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
