import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeRecord, spawnServer, type ProcessRecord } from '../process-table.ts';
import { stopProcess } from '../stop.ts';
import { programPath } from './packages.ts';
import type { Layout } from './layout.ts';
import { waitUntil } from './wait.ts';

/**
 * Namespaces of the clusters' own. A customer has a shell on our host, so the clusters live behind a fence:
 * network (one pair of interfaces, over which nobody but root may open a connection), users (own /etc), homes
 * (root's too: what its shell reads at start cost 100 ms a command), projects, /tmp and /run. They belong to one
 * sleeping process and vanish with the last process inside.
 */
export interface Fence {
  isolated: boolean;
  /** Why there are no namespaces, in a sentence. */
  reason?: string;
  /** Words before a command that make it run inside. */
  prefix: string[];
  holder?: ProcessRecord;
  homeRoot: string;
  projectRoot: string;
}

/**
 * Mounts, then the interface when it has been moved inside; the file it leaves tells that all of it was done. With
 * `quickack` sacctmgr takes 5 ms instead of 360: slurmdbd's protocol meets Nagle's algorithm and delayed
 * acknowledgements twice a question, on loopback only.
 */
const insideScript = `set -e
cd "$1"
for place in etc tmp home root run; do mount --bind "$1/$place" "/$place"; done
mount --bind "$1/projects" /srv
mount -t proc -o hidepid=invisible proc /proc || true
ip link set lo up
for net in 127.0.0.0/8 127.0.0.1; do
  ip route replace local $net dev lo proto kernel scope host src 127.0.0.1 table local quickack 1 || true
done
for try in $(seq 400); do ip link show uplink >/dev/null 2>&1 && break; sleep 0.01; done
echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6 2>/dev/null || true
ip addr add "$2/30" dev uplink
ip rule add pref 100 uidrange 1-4294967294 prohibit
ip link set uplink up
echo done > /run/fenced
exec sleep infinity`;

/** Opens a fence, or says in `reason` why the clusters run without one. */
export async function openFence(layout: Layout, isWanted: boolean): Promise<Fence> {
  const reason = isWanted ? await tryFence(layout) : 'it was not asked for';
  if (typeof reason !== 'string') return reason;
  for (const place of ['home', 'projects'])
    mkdirSync(join(layout.root, place), { recursive: true, mode: 0o755 });
  return {
    isolated: false,
    reason,
    prefix: [],
    homeRoot: join(layout.root, 'home'),
    projectRoot: join(layout.root, 'projects'),
  };
}

/** The fence around a holder that is already there. */
export function fenceOf(holder: ProcessRecord): Fence {
  const prefix = [programPath('nsenter') ?? 'nsenter', '-t', String(holder.pid), '-n', '-m', '--'];
  return { isolated: true, prefix, holder, homeRoot: '/home', projectRoot: '/srv' };
}

async function tryFence(layout: Layout): Promise<Fence | string> {
  const missing = ['unshare', 'nsenter', 'ip'].filter((name) => programPath(name) === undefined);
  if (missing.length > 0) return `${missing.join(' and ')} not installed`;
  const probe = spawnSync(programPath('unshare') ?? '', ['--net', '--mount', 'true'], { encoding: 'utf8' });
  if (probe.status !== 0) return `namespaces are not permitted here (${probe.stderr.trim()})`;
  preparePlaces(layout);
  rmSync(join(layout.root, 'run', 'fenced'), { force: true });
  const log = join(layout.logDirectory, 'namespace.log');
  const { child, record } = spawnServer({
    name: 'slurm-namespace',
    command: programPath('unshare') ?? '',
    arguments: [
      '--net',
      '--mount',
      '--propagation',
      'private',
      '--',
      'sh',
      '-c',
      insideScript,
      'sh',
      layout.root,
    ].concat(layout.addresses.inside),
    cwd: '/',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', SLURM_CONF: `${layout.root}/none` },
    logFile: log,
    runDirectory: layout.runDirectory,
    stopOrder: 46,
  });
  child.unref();
  try {
    await waitUntil('a network namespace', () => isSeparate(record.pid), { milliseconds: 5_000, every: 3 });
    connectPair(layout, record.pid);
    await waitUntil(
      'the fence',
      () => child.exitCode !== null || existsSync(join(layout.root, 'run', 'fenced')),
      {
        milliseconds: 10_000,
        every: 5,
        log,
      },
    );
    if (child.exitCode !== null) throw new Error(`the namespace could not be prepared, see ${log}`);
    return fenceOf(record);
  } catch (error) {
    await stopProcess(record, { milliseconds: 0 });
    removeRecord(layout.runDirectory, record);
    return error instanceof Error ? error.message : String(error);
  }
}

/** The clusters' users are made in a copy of /etc, so that neither our host nor another clone knows them. */
function preparePlaces(layout: Layout): void {
  const etc = join(layout.root, 'etc');
  if (!existsSync(join(etc, 'passwd'))) {
    rmSync(etc, { recursive: true, force: true });
    spawnSync('cp', ['-a', '/etc', etc]);
  }
  rmSync(join(etc, 'hosts'), { force: true });
  writeFileSync(join(etc, 'hosts'), `127.0.0.1 localhost ${layout.shortHostName}\n`);
  for (const place of ['home', 'projects'])
    mkdirSync(join(layout.root, place), { recursive: true, mode: 0o755 });
  mkdirSync(join(layout.root, 'run', 'sshd'), { recursive: true, mode: 0o755 });
  mkdirSync(join(layout.root, 'tmp'), { recursive: true });
  spawnSync('chmod', ['1777', join(layout.root, 'tmp')]);
  mkdirSync(join(layout.root, 'root'), { recursive: true, mode: 0o700 });
}

function connectPair(layout: Layout, pid: number): void {
  const outside = `kb${layout.key}`;
  ip('link', 'del', outside);
  const steps = [
    ['link', 'add', outside, 'type', 'veth', 'peer', 'name', 'uplink', 'netns', String(pid)],
    ['link', 'set', outside, 'addrgenmode', 'none'],
    ['addr', 'add', `${layout.addresses.outside}/30`, 'dev', outside],
    ['link', 'set', outside, 'up'],
  ];
  for (const step of steps) {
    const said = ip(...step);
    if (said.status !== 0) throw new Error(`ip ${step.join(' ')}: ${said.stderr.trim()}`);
  }
}

function ip(...words: string[]) {
  return spawnSync(programPath('ip') ?? 'ip', words, { encoding: 'utf8' });
}

function isSeparate(pid: number): boolean {
  const network = networkOf(pid);
  return (
    network !== undefined && network !== networkOf(process.pid) && mountsOf(pid) !== mountsOf(process.pid)
  );
}

const networkOf = (pid: number) => namespaceOf(pid, 'net');
const mountsOf = (pid: number) => namespaceOf(pid, 'mnt');

/** Identity of a process's namespace; undefined for a process that is gone. */
export function namespaceOf(pid: number, kind: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/${kind}`);
  } catch {
    return undefined;
  }
}
