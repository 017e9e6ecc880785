import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  adminKey,
  cgroupConf,
  clusterPaths,
  gresConf,
  slurmConf,
  sshdConf,
  type ClusterPlan,
} from './configuration.ts';
import { ask, must, startDaemon, startListening, type Inside } from './daemons.ts';
import { nodeNames } from './layout.ts';
import { programPath } from './packages.ts';
import { waitUntil } from './wait.ts';

/** One cluster: controller, six nodes, login node; returns when all nodes are idle. */
export async function startCluster(inside: Inside, plan: ClusterPlan, version: string): Promise<void> {
  const { layout } = inside;
  const { directory, configuration, sshd } = clusterPaths(layout, plan.name);
  for (const place of ['etc', 'log', 'run', 'state', 'spool'])
    mkdirSync(join(directory, place), { recursive: true });
  must('chown', 'slurm:slurm', ...['log', 'run', 'state'].map((place) => join(directory, place)));
  writeFileSync(configuration, slurmConf(layout, plan), { mode: 0o644 });
  writeFileSync(join(directory, 'etc', 'gres.conf'), gresConf(layout), { mode: 0o644 });
  writeFileSync(join(directory, 'etc', 'cgroup.conf'), cgroupConf(version), { mode: 0o644 });
  writeFileSync(sshd, sshdConf(layout, plan), { mode: 0o644 });
  makeKey(clusterPaths(layout, plan.name).key, 0o600);
  await Promise.all([startSlurm(inside, plan), startLoginNode(inside, plan)]);
}

async function startSlurm(inside: Inside, plan: ClusterPlan): Promise<void> {
  const { directory, configuration } = clusterPaths(inside.layout, plan.name);
  const env = { SLURM_CONF: configuration };
  const controller = {
    name: `slurm-${plan.name}-controller`,
    program: 'slurmctld',
    arguments: ['-D'],
    env,
    stopOrder: 42,
  };
  await startListening(inside, controller, plan.ports.controller, join(directory, 'log', 'slurmctld.log'));
  for (const node of nodeNames) {
    const name = `slurm-${plan.name}-${node}`;
    startDaemon(inside, { name, program: 'slurmd', arguments: ['-D', '-N', node], env, stopOrder: 41 });
  }
  const sinfo = [programPath('sinfo') ?? '', '-h', '-N', '-o', '%N %t'];
  const areUp = async () => {
    const lines = await ask(inside, sinfo, { env }).catch(() => '');
    const up = lines.split('\n').filter((line) => /^\w+ (idle|mix|alloc)$/.test(line.trim()));
    return new Set(up).size === nodeNames.length;
  };
  const log = join(directory, 'log', 'slurmctld.log');
  await waitUntil(`six idle nodes of ${plan.name}`, areUp, { milliseconds: 60_000, every: 40, log });
}

async function startLoginNode(inside: Inside, plan: ClusterPlan): Promise<void> {
  const { configuration, sshd } = clusterPaths(inside.layout, plan.name);
  if (!inside.fence.isolated) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const daemon = {
    name: `slurm-${plan.name}-sshd`,
    program: 'sshd',
    arguments: ['-D', '-e', '-f', sshd],
    env: { SLURM_CONF: configuration },
    stopOrder: 40,
  };
  await startListening(inside, daemon, plan.ports.ssh);
}

/** Files that all clusters of a layout share: stand-ins for GPUs and the driver's key. */
export function prepareShared(inside: Inside): void {
  const { root } = inside.layout;
  const devices = join(root, 'dev');
  mkdirSync(devices, { recursive: true });
  for (const index of [0, 1, 2, 3]) {
    const device = join(devices, `gpu${index}`);
    if (!existsSync(device)) must('mknod', '-m', '666', device, 'c', '1', '3');
  }
  mkdirSync(join(root, 'keys', 'authorized'), { recursive: true, mode: 0o755 });
  makeKey(adminKey(inside.layout), 0o600);
  writeFileSync(join(root, 'keys', 'authorized', 'root'), publicKey(adminKey(inside.layout)), {
    mode: 0o644,
  });
}

/** `type base64` of a key pair, without its comment. */
export function publicKey(path: string): string {
  return readFileSync(`${path}.pub`, 'utf8').split(' ').slice(0, 2).join(' ').trim();
}

function makeKey(path: string, mode: number): void {
  if (!existsSync(path)) must('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', path);
  must('chmod', mode.toString(8), path);
}
