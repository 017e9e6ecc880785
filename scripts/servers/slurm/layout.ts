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
import { holdPort } from '../ports.ts';

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

interface Ports {
  accounting: number;
  clusters: Record<string, ClusterPorts>;
}

/** The ports of an earlier start when there is one, for pools name them; else fixed ones inside a fence, or free ones. */
export async function portsOf(layout: Layout, clusters: string[], isIsolated: boolean): Promise<Ports> {
  const file = join(layout.root, isIsolated ? 'ports.json' : 'ports-on-host.json');
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Ports) : undefined;
  if (known && clusters.every((name) => known.clusters[name])) return known;
  const ports = portsFrom(
    isIsolated ? 20_000 : await freeBlock(layout.key, 1 + clusters.length * 8),
    clusters,
  );
  if (isIsolated) clusters.forEach((name, index) => (ports.clusters[name]!.ssh = 2201 + index));
  writeFileSync(file, JSON.stringify(ports));
  return ports;
}

function portsFrom(first: number, clusters: string[]): Ports {
  let next = first + 1;
  const ofCluster = (): ClusterPorts => ({
    ssh: next++,
    controller: next++,
    nodes: Object.fromEntries(nodeNames.map((node) => [node, next++])),
  });
  return { accounting: first, clusters: Object.fromEntries(clusters.map((name) => [name, ofCluster()])) };
}

/** Ports in a row below those that the kernel gives to anybody, at a place that the state directory decides. */
async function freeBlock(key: string, length: number): Promise<number> {
  const seed = Number.parseInt(key.slice(0, 8), 16);
  for (let attempt = 0; attempt < 200; attempt++) {
    const first = 10_240 + ((seed + attempt) % 400) * 50;
    const held = await Promise.all(Array.from({ length }, (_, index) => holdPort(first + index)));
    await Promise.all(held.map((port) => port.release()));
    if (held.every((port) => !port.replaced)) return first;
  }
  throw new Error(`no ${length} ports in a row are free`);
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
