import { createServer } from 'node:net';

/** A port of loopback that the kernel says is free now. */
export function freePort(): Promise<number> {
  return tryPort(0) as Promise<number>;
}

/** The wished port when it can be listened on, else one from the kernel. */
export async function portNear(
  wished: number,
  host = '127.0.0.1',
): Promise<{ port: number; replaced: boolean }> {
  const port = await tryPort(wished, host);
  return port === undefined ? { port: await freePort(), replaced: true } : { port, replaced: false };
}

function tryPort(port: number, host = '127.0.0.1'): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
