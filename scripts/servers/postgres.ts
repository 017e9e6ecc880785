import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { freePort } from './ports.ts';
import { isAlive, spawnServer, startTimeOf, writeRecord, type ProcessRecord } from './process-table.ts';
import { serverAccount } from './server-account.ts';
import { stopProcess } from './stop.ts';

export interface PostgresServer {
  /** Superuser on the database `postgres`; for bootstrap and migrations only. */
  adminUrl: string;
  port: number;
  /** True when a server of an earlier start was still running and is used as it is. */
  adopted: boolean;
  stop(): Promise<void>;
}

const always = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'timezone=UTC',
];
/** Nobody reads a test database after a crash, so nothing waits for the disk. */
const testSettings = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'autovacuum_naptime=10min',
];

/**
 * PostgreSQL 18 on a data directory below `stateDirectory`, reachable on loopback by password (scram) only:
 * with `trust`, any local account, the demo customer's shell included, was superuser. As root the server runs
 * as `postgres` or `nobody`, since PostgreSQL refuses to run as root.
 *
 * Throws an error with the end of the server's log when it does not come up within `30` seconds.
 */
export async function startPostgres(options: {
  stateDirectory: string;
  test?: boolean;
  port?: number;
}): Promise<PostgresServer> {
  const home = join(options.stateDirectory, 'postgres');
  const data = join(home, 'data');
  const account = serverAccount();
  mkdirSync(home, { recursive: true });
  if (account) chmodSync(options.stateDirectory, 0o711);
  chmodSync(home, account ? 0o711 : 0o700);
  const binaries = findPostgresBinaries(home, account);
  const password = generatedPassword(join(home, 'superuser-password'));

  if (!existsSync(join(data, 'PG_VERSION')))
    initialise(binaries, data, password, account, options.test ?? false);
  const server = (pid: number, port: number, adopted: boolean): PostgresServer => {
    const record = recordOf(pid);
    writeRecord(join(options.stateDirectory, 'run'), record);
    return {
      adminUrl: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      port,
      adopted,
      stop: () => stopProcess(record, { milliseconds: 20_000 }),
    };
  };
  const running = runningServer(data);
  if (running) return server(running.pid, running.port, true);

  const settings = [...always, ...(options.test ? testSettings : [])];
  const logFile = join(options.stateDirectory, 'log', 'postgres.log');
  const { child } = spawnServer({
    name: 'postgres',
    command: join(binaries, 'postgres'),
    arguments: [
      '-D',
      data,
      '-p',
      String(options.port ?? (await freePort())),
      ...settings.flatMap((s) => ['-c', s]),
    ],
    cwd: '/',
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
    ...account,
    logFile,
    runDirectory: join(options.stateDirectory, 'run'),
    stopOrder: 60,
    stopSignal: 'SIGINT',
  });
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  child.unref();
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    const ready = runningServer(data);
    // Two starts at once: the loser's process ends, and the winner's is taken over here.
    if (ready) return server(ready.pid, ready.port, ready.pid !== child.pid);
    if (failure) throw failure;
    if (child.exitCode !== null && !existsSync(join(data, 'postmaster.pid'))) break;
    await delay(15);
  }
  throw new Error(`PostgreSQL did not start; the end of ${logFile}:\n${endOf(logFile)}`);
}

function initialise(
  binaries: string,
  data: string,
  password: string,
  account: { uid: number; gid: number } | undefined,
  test: boolean,
): void {
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { mode: 0o700 });
  const passwordFile = `${data}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) for (const path of [data, passwordFile]) chownSync(path, account.uid, account.gid);
  const outcome = spawnSync(
    join(binaries, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C',
    ]
      .concat(['--locale-provider=builtin', '--builtin-locale=C.UTF-8'])
      .concat(test ? ['--no-sync', '--no-data-checksums'] : []),
    { cwd: '/', env: { PATH: process.env.PATH, LANG: 'C.UTF-8' }, encoding: 'utf8', ...account },
  );
  rmSync(passwordFile, { force: true });
  if (outcome.status !== 0) {
    rmSync(data, { recursive: true, force: true });
    throw new Error(
      `initdb could not make the database below ${data}: ${outcome.error?.message ?? ''}${outcome.stderr}`,
    );
  }
}

/** The server of this data directory, when its own pid file says that it takes connections. */
function runningServer(data: string): { pid: number; port: number } | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const [pid, port, state] = [Number(lines[0]), Number(lines[3]), lines[7]?.trim()];
  if (state !== 'ready' || !(pid > 1) || !isAlive(recordOf(pid))) return undefined;
  return commandOf(pid).includes('postgres') ? { pid, port } : undefined;
}

function recordOf(pid: number): ProcessRecord {
  return {
    name: 'postgres',
    pid,
    startTime: startTimeOf(pid) ?? 'gone',
    stopOrder: 60,
    stopSignal: 'SIGINT',
  };
}

function commandOf(pid: number): string {
  if (process.platform !== 'linux') return 'postgres';
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function generatedPassword(path: string): string {
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(path, 'utf8');
}

function endOf(path: string): string {
  return existsSync(path)
    ? readFileSync(path, 'utf8').trimEnd().split('\n').slice(-12).join('\n')
    : '(no log)';
}
