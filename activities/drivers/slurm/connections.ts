import type { Client } from 'ssh2';
import { DriverError } from '../driver.ts';
import { connectSsh, execute, type CommandResult, type SshTarget } from './connection.ts';
import { commandLine } from './quote.ts';

/** sshd counts ten sessions a connection and those not yet reaped with them; four keep clear of it. */
const channelsPerConnection = 4;
const connectionsPerTarget = 2;
const idleMilliseconds = 60_000;

interface Connection {
  client: Promise<Client>;
  inUse: number;
  idle?: NodeJS.Timeout;
  /** Takes it out of the pool, before it is ended or after it broke. */
  forget: () => void;
}

interface Target {
  connections: Connection[];
  waiting: (() => void)[];
}

/** Connections to login nodes, kept open between calls: signing in takes 100 ms, a command on an open one 3 ms. */
export class SshConnections {
  readonly #targets = new Map<string, Target>();

  /** Runs a program with its arguments, none of them read by a shell; any exit status is a result. */
  async run(
    target: SshTarget,
    words: readonly string[],
    options: { input?: string; milliseconds?: number } = {},
  ): Promise<CommandResult> {
    const command = commandLine(words);
    const connection = await this.#acquire(target);
    try {
      const client = await connection.client;
      return await execute(client, command, {
        input: options.input ?? '',
        milliseconds: options.milliseconds ?? 60_000,
      });
    } finally {
      this.#release(target, connection);
    }
  }

  /** As `run`, for programs whose only good status is 0; another is COMMAND_FAILED with retry `look-up`. */
  async must(
    target: SshTarget,
    words: readonly string[],
    options: { input?: string; milliseconds?: number } = {},
  ): Promise<string> {
    const { status, stdout, stderr } = await this.run(target, words, options);
    if (status === 0) return stdout;
    const said = (stderr || stdout).trim().slice(-500);
    throw new DriverError(
      'COMMAND_FAILED',
      'look-up',
      `${words.slice(0, 3).join(' ')} ended with ${status}: ${said}`,
    );
  }

  /** Closes all connections; whoever still waits for a command gets INTERRUPTED. */
  async close(): Promise<void> {
    const all = [...this.#targets.values()].flatMap((target) => target.connections);
    this.#targets.clear();
    await Promise.all(
      all.map(async ({ client, idle }) => {
        clearTimeout(idle);
        await client.then((open) => open.end()).catch(() => undefined);
      }),
    );
  }

  async #acquire(target: SshTarget): Promise<Connection> {
    for (;;) {
      const known = this.#of(target);
      const free =
        known.connections.find((one) => one.inUse < channelsPerConnection) ?? this.#open(target, known);
      if (free) {
        clearTimeout(free.idle);
        free.inUse++;
        return free;
      }
      await new Promise<void>((resolve) => known.waiting.push(resolve));
    }
  }

  #open(target: SshTarget, known: Target): Connection | undefined {
    if (known.connections.length >= connectionsPerTarget) return undefined;
    const forget = () => {
      known.connections = known.connections.filter((one) => one !== connection);
      for (const wake of known.waiting.splice(0)) wake();
    };
    const connection: Connection = { client: connectSsh(target), inUse: 0, forget };
    known.connections.push(connection);
    connection.client.then((client) => client.once('close', forget), forget);
    return connection;
  }

  #release(target: SshTarget, connection: Connection): void {
    connection.inUse--;
    this.#of(target).waiting.shift()?.();
    if (connection.inUse > 0) return;
    const end = () => {
      connection.forget();
      void connection.client.then((client) => client.end()).catch(() => undefined);
    };
    connection.idle = setTimeout(end, idleMilliseconds).unref();
  }

  #of(target: SshTarget): Target {
    const key = JSON.stringify([
      target.host,
      target.port,
      target.hostKey,
      target.adminLogin,
      target.adminPrivateKey,
    ]);
    const known = this.#targets.get(key) ?? { connections: [], waiting: [] };
    this.#targets.set(key, known);
    return known;
  }
}
