import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * What is needed to end a process later without hitting a stranger: a pid alone may have been given to
 * another program meanwhile, pid and start time together never are.
 */
export interface ProcessRecord {
  name: string;
  pid: number;
  /** Boot and clock ticks since it (Linux) or the text of `ps` (elsewhere); compared, never computed with. */
  startTime: string;
  /** Lower stops first: web and api 10, workers 20, sandbox 30, clusters 40, Temporal 50, PostgreSQL 60. */
  stopOrder: number;
  stopSignal: NodeJS.Signals;
}

export interface SpawnedServer {
  child: ChildProcess;
  record: ProcessRecord;
}

export interface ServerCommand {
  name: string;
  command: string;
  arguments: string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
  logFile: string;
  runDirectory: string;
  stopOrder: number;
  stopSignal?: NodeJS.Signals;
  /** Opens a channel for messages; the child notices our death by its closing. */
  channel?: boolean;
}

/** Starts a server in a process group of its own with its own log, and notes it in the run directory. */
export function spawnServer(server: ServerCommand): SpawnedServer {
  mkdirSync(dirname(server.logFile), { recursive: true });
  const log = openSync(server.logFile, 'a', 0o600);
  const child = spawn(server.command, server.arguments, {
    cwd: server.cwd,
    env: server.env,
    uid: server.uid,
    gid: server.gid,
    detached: true,
    stdio: server.channel ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
  });
  closeSync(log);
  // A command that cannot be started has no pid; its 'error' event tells whoever waits for it.
  const record: ProcessRecord = {
    name: server.name,
    pid: child.pid ?? -1,
    startTime: child.pid === undefined ? '' : (startTimeOf(child.pid) ?? ''),
    stopOrder: server.stopOrder,
    stopSignal: server.stopSignal ?? 'SIGTERM',
  };
  if (child.pid !== undefined) writeRecord(server.runDirectory, record);
  child.once('exit', () => removeRecord(server.runDirectory, record));
  child.once('error', () => removeRecord(server.runDirectory, record));
  return { child, record };
}

/** Start time of a living process, undefined for one that is gone or a zombie. */
export function startTimeOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') {
      return (
        execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
      );
    }
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : `${bootId()}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

let boot: string | undefined;

/** Part of the start time, since pids and ticks begin anew with every boot. */
function bootId(): string {
  boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
  return boot;
}

/** Whether the record is of this boot: only then may its group be looked at after its leader's death. */
export function isOfThisBoot(record: ProcessRecord): boolean {
  return process.platform !== 'linux' || record.startTime.startsWith(`${bootId()}/`);
}

export function isAlive(record: ProcessRecord): boolean {
  return startTimeOf(record.pid) === record.startTime;
}

export function writeRecord(runDirectory: string, record: ProcessRecord): void {
  mkdirSync(runDirectory, { recursive: true });
  const path = join(runDirectory, `${record.name}.json`);
  writeFileSync(`${path}.new`, JSON.stringify(record), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** Removes the note of a process, unless another process of the same name has taken the place. */
export function removeRecord(runDirectory: string, record: ProcessRecord): void {
  const current = readRecord(join(runDirectory, `${record.name}.json`));
  if (current?.pid === record.pid) rmSync(join(runDirectory, `${record.name}.json`), { force: true });
}

function readRecord(path: string): ProcessRecord | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessRecord;
  } catch {
    return undefined;
  }
}

/** All processes noted in the run directory, alive or not, in the order in which they are to be stopped. */
export function readRecords(runDirectory: string): ProcessRecord[] {
  let names: string[];
  try {
    names = readdirSync(runDirectory).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
  return names
    .map((name) => readRecord(join(runDirectory, name)))
    .filter((record) => record !== undefined)
    .sort((one, other) => one.stopOrder - other.stopOrder);
}
