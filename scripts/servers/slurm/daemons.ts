import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { spawnServer, type ProcessRecord } from '../process-table.ts';
import type { Fence } from './fence.ts';
import type { Layout } from './layout.ts';
import { programPath } from './packages.ts';
import { isListening, waitUntil } from './wait.ts';

/** Starts and asks things inside one set of clusters. */
export interface Inside {
  layout: Layout;
  fence: Fence;
}

interface Daemon {
  name: string;
  program: string;
  arguments: string[];
  env?: Record<string, string>;
  user?: string;
  stopOrder: number;
}

const path = '/usr/sbin:/usr/bin:/sbin:/bin';
/** Every process of ours carries this, so that what is left over can be told from strangers. */
const environment = (layout: Layout, more: Record<string, string> = {}) => ({
  PATH: path,
  LANG: 'C.UTF-8',
  SLURM_CONF: `${layout.root}/db/slurm.conf`,
  ...more,
});

/** Starts a daemon in the foreground of its own process group, so that the pid noted is the daemon's. */
export function startDaemon(
  { layout, fence }: Inside,
  daemon: Daemon,
): { record: ProcessRecord; hasEnded: () => boolean } {
  const asUser = daemon.user
    ? [programPath('setpriv') ?? 'setpriv', '--reuid', daemon.user, '--regid', daemon.user, '--clear-groups']
    : [];
  const words = [
    ...fence.prefix,
    ...asUser,
    programPath(daemon.program) ?? daemon.program,
    ...daemon.arguments,
  ];
  const { child, record } = spawnServer({
    name: daemon.name,
    command: words[0] ?? '',
    arguments: words.slice(1),
    cwd: '/',
    env: environment(layout, daemon.env),
    logFile: join(layout.logDirectory, `${daemon.name}.log`),
    runDirectory: layout.runDirectory,
    stopOrder: daemon.stopOrder,
  });
  child.unref();
  return { record, hasEnded: () => child.exitCode !== null };
}

/** A daemon that listens on a port: waits until it does, ends with its log when it does not. */
export async function startListening(
  inside: Inside,
  daemon: Daemon,
  port: number,
  log?: string,
): Promise<void> {
  const { record, hasEnded } = startDaemon(inside, daemon);
  const file = log ?? join(inside.layout.logDirectory, `${daemon.name}.log`);
  await waitUntil(`${daemon.name} on port ${port}`, () => hasEnded() || isListening(record.pid, port), {
    log: file,
  });
  if (hasEnded())
    await waitUntil(`${daemon.name} ended at once: its start`, () => false, { milliseconds: 0, log: file });
}

/** Runs a program inside to its end; a status other than 0 throws what it said. */
export function ask(
  { layout, fence }: Inside,
  words: string[],
  options: { env?: Record<string, string>; input?: string } = {},
): Promise<string> {
  const all = [...fence.prefix, ...words];
  return new Promise((resolve, reject) => {
    const child = spawn(all[0] ?? '', all.slice(1), { cwd: '/', env: environment(layout, options.env) });
    let said = '';
    let complained = '';
    child.stdout.on('data', (data: Buffer) => (said += data.toString()));
    child.stderr.on('data', (data: Buffer) => (complained += data.toString()));
    child.once('error', reject);
    child.once('close', (status) =>
      status === 0
        ? resolve(said)
        : reject(new Error(`${words[0]} ended with ${status}: ${complained.trim()}`)),
    );
    // Programs that read nothing may be gone before the end of an empty input reaches them.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}

/** For set-up commands on our own files, which need no namespace. */
export function must(command: string, ...words: string[]): string {
  const said = spawnSync(programPath(command) ?? command, words, { encoding: 'utf8', cwd: '/' });
  if (said.status !== 0)
    throw new Error(`${command} ${words.join(' ')}: ${said.error?.message ?? said.stderr.trim()}`);
  return said.stdout;
}
