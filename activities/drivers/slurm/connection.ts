import { setTimeout as delay } from 'node:timers/promises';
import { Client, type ConnectConfig, type ServerHostKeyAlgorithm } from 'ssh2';
import type { SlurmPool } from '../../../domain/resources/slurm.ts';
import { DriverError } from '../driver.ts';
import { keyBytes } from './pool.ts';

export type SshTarget = Pick<SlurmPool, 'host' | 'port' | 'hostKey' | 'adminLogin' | 'adminPrivateKey'>;

export interface CommandResult {
  status: number;
  stdout: string;
  stderr: string;
}

/** Signs in to a login node whose host key is exactly the pinned one. Throws typed errors, all before any command ran. */
export function connectSsh(target: SshTarget): Promise<Client> {
  const client = new Client();
  let isForeignKey = false;
  const configuration: ConnectConfig = {
    host: target.host,
    port: target.port,
    username: target.adminLogin,
    privateKey: target.adminPrivateKey,
    readyTimeout: 10_000,
    keepaliveInterval: 10_000,
    keepaliveCountMax: 3,
    algorithms: { serverHostKey: algorithmsOf(target.hostKey) },
    hostVerifier: (key: Buffer) => {
      isForeignKey = !key.equals(keyBytes(target.hostKey));
      return !isForeignKey;
    },
  };
  return new Promise((resolve, reject) => {
    client.once('ready', () => {
      // Without it each command waits 40 ms for Nagle's algorithm.
      client.setNoDelay(true);
      resolve(client);
    });
    client.on('error', (error: Error & { level?: string }) =>
      reject(connectError(target, error, isForeignKey)),
    );
    client.once('close', () => reject(unreachable(target, 'it closed the connection')));
    try {
      client.connect(configuration);
    } catch (error) {
      reject(new DriverError('INVALID_POOL', 'never', 'adminPrivateKey cannot be read', { cause: error }));
    }
  });
}

/** The ssh-rsa key of a host signs with SHA-2 only. */
function algorithmsOf(hostKey: string): ServerHostKeyAlgorithm[] {
  const type = hostKey.split(' ')[0] ?? '';
  return (type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [type]) as ServerHostKeyAlgorithm[];
}

function connectError(
  target: SshTarget,
  error: Error & { level?: string },
  isForeignKey: boolean,
): DriverError {
  const place = `${target.host}:${target.port}`;
  if (isForeignKey || /no matching host key/i.test(error.message)) {
    return new DriverError('HOST_KEY_MISMATCH', 'never', `${place} does not have the pinned host key`);
  }
  if (error.level === 'client-authentication') {
    return new DriverError('LOGIN_REFUSED', 'never', `${place} refuses ${target.adminLogin} with our key`);
  }
  return unreachable(target, error.message, error);
}

function unreachable(target: SshTarget, why: string, cause?: Error): DriverError {
  return new DriverError('UNREACHABLE', 'safe', `${target.host}:${target.port}: ${why}`, { cause });
}

/**
 * Runs one command line to its end. `milliseconds` is the longest it may take. A result lost on the way is
 * INTERRUPTED or TIMED_OUT with retry `look-up`: the command may have run.
 */
export async function execute(
  client: Client,
  command: string,
  options: { input: string; milliseconds: number },
): Promise<CommandResult> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await executeOnce(client, command, options);
    } catch (error) {
      // A session that just ended may still be counted by the server: "channel open failure", reason 2.
      if (!isSessionRefused(error) || attempt === 5) throw error;
      await delay(20 * attempt);
    }
  }
}

function executeOnce(
  client: Client,
  command: string,
  { input, milliseconds }: { input: string; milliseconds: number },
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const lost = (code: string, why: string) => reject(new DriverError(code, 'look-up', why));
    const timer = setTimeout(() => {
      lost('TIMED_OUT', `no answer within ${milliseconds / 1000} s`);
      client.destroy();
    }, milliseconds);
    const onClose = () => lost('INTERRUPTED', 'the connection was lost');
    client.once('close', onClose);
    const settle = () => {
      clearTimeout(timer);
      client.off('close', onClose);
    };
    client.exec(command, (error, channel) => {
      if (error) {
        settle();
        reject(
          isSessionRefused(error)
            ? error
            : new DriverError('UNREACHABLE', 'safe', error.message, { cause: error }),
        );
        return;
      }
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      let status: number | undefined;
      channel.on('data', (data: Buffer) => stdout.push(data));
      channel.stderr.on('data', (data: Buffer) => stderr.push(data));
      channel.on('exit', (code: number | null) => (status = code ?? 255));
      channel.on('close', () => {
        settle();
        if (status === undefined) lost('INTERRUPTED', 'the command ended without a status');
        else resolve({ status, stdout: text(stdout), stderr: text(stderr) });
      });
      channel.end(input);
    });
  });
}

function isSessionRefused(error: unknown): boolean {
  return (
    error instanceof Error && !(error instanceof DriverError) && (error as { reason?: unknown }).reason === 2
  );
}

const text = (chunks: Buffer[]): string => Buffer.concat(chunks).toString('utf8');
