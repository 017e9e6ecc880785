import { existsSync, readFileSync } from 'node:fs';
import { isAlive, readRecords, type ProcessRecord } from './process-table.ts';
import { stopAll } from './stop.ts';
import { startAccounting } from './slurm/accounting.ts';
import { prepareShared, publicKey, startCluster } from './slurm/cluster.ts';
import { adminKey, clusterPaths } from './slurm/configuration.ts';
import { must } from './slurm/daemons.ts';
import { fenceOf, openFence } from './slurm/fence.ts';
import { forgetLayout, layoutOf, nodeNames, portsOf, uidsPerCluster, type Layout } from './slurm/layout.ts';
import { slurmInstallCommand, whySlurmCannotRun } from './slurm/packages.ts';
import { endRemains, removeAbandoned } from './slurm/remains.ts';

/** What a pool row says of one cluster; see docs/slurm.md. */
export interface SlurmCluster {
  name: string;
  host: string;
  port: number;
  /** `ssh-ed25519 AAAA…`, pinned by the driver. */
  hostKey: string;
  adminLogin: string;
  /** OpenSSH private key without a pass phrase. */
  adminPrivateKey: string;
  partitions: string[];
  /** User ids of this cluster's customers, both ends included; no other cluster or clone has them. */
  uidRange: { from: number; to: number };
  homeRoot: string;
  projectRoot: string;
}

export interface SlurmServers {
  clusters: SlurmCluster[];
  /** Slurm's version, e.g. 22.05.8. */
  version: string;
  /** False when the clusters share our network and users; `reason` says why, for `doctor` and the README. */
  isolated: boolean;
  reason?: string;
  /** True when clusters of an earlier start were still running and are used as they are. */
  adopted: boolean;
  stop(): Promise<void>;
}

export interface SlurmUnavailable {
  /** Why, as a sentence. */
  unavailable: string;
  /** What would help. */
  command: string;
}

/**
 * Clusters of six emulated nodes each (real slurmctld, slurmd, one slurmdbd on MariaDB, munge, an sshd per cluster as
 * its login node), about 3 s from nothing. State lies below /var/lib/kboss and survives; everything started is noted in
 * `stateDirectory/run`. `decayHalfLife` is Slurm's PriorityDecayHalfLife (minutes or d-h), for tests.
 */
export async function startSlurm(options: {
  stateDirectory: string;
  clusters?: string[];
  decayHalfLife?: string;
  /** False does without namespaces even where they are possible. */
  isolate?: boolean;
}): Promise<SlurmServers | SlurmUnavailable> {
  const unavailable = whySlurmCannotRun();
  if (unavailable) return { unavailable, command: slurmInstallCommand };
  const names = options.clusters ?? ['east', 'west'];
  const layout = layoutOf(options.stateDirectory);
  const version = must('slurmctld', '-V').trim().split(' ').at(-1) ?? '';
  const running = adoptable(layout, names);
  if (running) return { ...(await describe(layout, names, version, running)), adopted: true };
  await stopClusters(layout);
  await removeAbandoned();
  const fence = await openFence(layout, options.isolate ?? true);
  const inside = { layout, fence };
  try {
    const ports = await portsOf(layout, names, fence.isolated);
    prepareShared(inside);
    await startAccounting(inside, ports.accounting);
    const plan = (name: string) => ({
      name,
      ports: ports.clusters[name]!,
      accountingPort: ports.accounting,
      isolated: fence.isolated,
      decayHalfLife: options.decayHalfLife ?? '7-0',
    });
    await Promise.all(names.map((name) => startCluster(inside, plan(name), version)));
  } catch (error) {
    await stopClusters(layout);
    throw error;
  }
  return { ...(await describe(layout, names, version, fence)), adopted: false };
}

/** Stops clusters that an earlier process started; nothing happens when there are none. */
export function stopSlurm(stateDirectory: string): Promise<void> {
  return existsSync(stateDirectory) ? stopClusters(layoutOf(stateDirectory)) : Promise.resolve();
}

/** Stops, then removes every file, user and job of the clusters. */
export async function removeSlurm(stateDirectory: string): Promise<void> {
  await stopSlurm(stateDirectory);
  forgetLayout(stateDirectory);
}

const isOurs = (record: ProcessRecord) => record.name.startsWith('slurm-');

/** Clusters that are there in full, else undefined: half of a cluster is worth less than a fresh start. */
function adoptable(layout: Layout, names: string[]) {
  const alive = readRecords(layout.runDirectory).filter((record) => isOurs(record) && isAlive(record));
  const wanted = ['munged', 'mariadb', 'slurmdbd'].concat(
    names.flatMap((name) => ['controller', 'sshd', ...nodeNames].map((part) => `${name}-${part}`)),
  );
  if (!wanted.every((part) => alive.some((record) => record.name === `slurm-${part}`))) return undefined;
  const holder = alive.find((record) => record.name === 'slurm-namespace');
  if (holder) return fenceOf(holder);
  return { isolated: false, homeRoot: `${layout.root}/home`, projectRoot: `${layout.root}/projects` };
}

async function describe(
  layout: Layout,
  names: string[],
  version: string,
  fence: { isolated: boolean; reason?: string; homeRoot: string; projectRoot: string },
): Promise<Omit<SlurmServers, 'adopted'>> {
  const ports = await portsOf(layout, names, fence.isolated);
  const clusters = names.map((name, index) => ({
    name,
    host: fence.isolated ? layout.addresses.inside : '127.0.0.1',
    port: ports.clusters[name]!.ssh,
    hostKey: publicKey(clusterPaths(layout, name).key),
    adminLogin: 'root',
    adminPrivateKey: readFileSync(adminKey(layout), 'utf8'),
    partitions: ['cpu', 'gpu'],
    uidRange: {
      from: layout.addresses.uidFrom + index * uidsPerCluster,
      to: layout.addresses.uidFrom + (index + 1) * uidsPerCluster - 1,
    },
    homeRoot: fence.homeRoot,
    projectRoot: fence.projectRoot,
  }));
  const { isolated, reason } = fence;
  return { clusters, version, isolated, ...(reason ? { reason } : {}), stop: () => stopClusters(layout) };
}

/** Login nodes first, the database last; then whatever jobs and shells are left; then the fence. */
async function stopClusters(layout: Layout): Promise<void> {
  const isHolder = (record: ProcessRecord) => record.name === 'slurm-namespace';
  const holder = readRecords(layout.runDirectory).find(isHolder);
  const patience = { milliseconds: 10_000 };
  await stopAll(layout.runDirectory, patience, undefined, (record) => isOurs(record) && !isHolder(record));
  await endRemains(layout.root, holder);
  await stopAll(layout.runDirectory, { milliseconds: 0 }, undefined, isHolder);
}
