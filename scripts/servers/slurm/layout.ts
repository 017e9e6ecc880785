import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../ports.ts';

/** Where everything of one set of demo clusters lies, and the addresses that must not change from start to start. */
export interface Layout {
  /** Below the system's state directory: sshd refuses keys under a world-writable parent or a 0700 home. */
  root: string;
  runDirectory: string;
  logDirectory: string;
  /** Twelve hexadecimal digits of the state directory's path: different clones never meet. */
  key: string;
  shortHostName: string;
  addresses: Addresses;
}

export interface Addresses {
  /** Both ends of the pair that leads into the clusters' network namespace, a /30 of the shared range RFC 6598. */
  outside: string;
  inside: string;
  uidFrom: number;
}

export interface ClusterPorts {
  ssh: number;
  controller: number;
  nodes: Record<string, number>;
}

export const systemState = '/var/lib/kboss';
export const nodeNames = ['c1', 'c2', 'c3', 'c4', 'g1', 'g2'] as const;
/** Ids of customers' users per cluster: enough for a demo, and forty clones fit below Debian's 60000. */
export const uidsPerCluster = 250;

export function layoutOf(stateDirectory: string): Layout {
  mkdirSync(stateDirectory, { recursive: true });
  const key = createHash('sha256').update(realpathSync(stateDirectory)).digest('hex').slice(0, 12);
  const root = join(systemState, `slurm-${key}`);
  const layout = {
    root,
    key,
    runDirectory: join(stateDirectory, 'run'),
    logDirectory: join(stateDirectory, 'log', 'slurm'),
    shortHostName: hostname().split('.')[0] ?? 'localhost',
  };
  const file = join(root, 'addresses.json');
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Addresses) : undefined;
  const addresses = known ?? chooseAddresses(key);
  mkdirSync(root, { recursive: true, mode: 0o755 });
  if (!known) writeFileSync(file, JSON.stringify(addresses));
  writeFileSync(join(root, 'state-directory'), realpathSync(stateDirectory));
  pointTo(join(stateDirectory, 'slurm'), root);
  return { ...layout, addresses };
}

/** The ports of an earlier start when there is one (pools name them), else fixed ones inside a namespace or free ones. */
export async function portsOf(
  layout: Layout,
  clusters: string[],
  isolated: boolean,
): Promise<{ accounting: number; clusters: Record<string, ClusterPorts> }> {
  const file = join(layout.root, isolated ? 'ports.json' : 'ports-on-host.json');
  const known = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Awaited<ReturnType<typeof portsOf>>)
    : undefined;
  if (known && clusters.every((name) => known.clusters[name])) return known;
  let next = 20_000;
  const port = () => (isolated ? Promise.resolve(next++) : freePort());
  const accounting = known?.accounting ?? (await port());
  const all: Record<string, ClusterPorts> = {};
  for (const [index, name] of clusters.entries()) {
    const nodes: Record<string, number> = {};
    for (const node of nodeNames) nodes[node] = await port();
    const controller = await port();
    all[name] = { ssh: isolated ? 2201 + index : await freePort(), controller, nodes };
  }
  const ports = { accounting, clusters: all };
  writeFileSync(file, JSON.stringify(ports));
  return ports;
}

export function forgetLayout(stateDirectory: string): void {
  if (!existsSync(stateDirectory)) return;
  rmSync(layoutOf(stateDirectory).root, { recursive: true, force: true });
  rmSync(join(stateDirectory, 'slurm'), { force: true });
}

function chooseAddresses(key: string): Addresses {
  const taken = new Set(
    Object.values(networkInterfaces()).flatMap((list) => list?.map((one) => one.address) ?? []),
  );
  const seed = Number.parseInt(key.slice(0, 8), 16);
  for (let attempt = 0; ; attempt++) {
    const base = ((seed + attempt) % 2 ** 20) * 4;
    const address = (last: number) => {
      const bits = base + last;
      return `100.${64 + (bits >> 16)}.${(bits >> 8) & 255}.${bits & 255}`;
    };
    if (taken.has(address(1)) && attempt < 1000) continue;
    return { outside: address(1), inside: address(2), uidFrom: 20_000 + (seed % 80) * 500 };
  }
}

/** A link beside the other state, so that a person finds the clusters' files. */
function pointTo(link: string, root: string): void {
  if (lstatSync(link, { throwIfNoEntry: false })) return;
  symlinkSync(root, link);
}
