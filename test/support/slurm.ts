import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import type { ProvisionRequest } from '../../activities/drivers/driver.ts';
import { connectSsh, execute, type CommandResult } from '../../activities/drivers/slurm/connection.ts';
import { SshConnections } from '../../activities/drivers/slurm/connections.ts';
import {
  removeSlurm,
  startSlurm,
  type SlurmCluster,
  type SlurmServers,
} from '../../scripts/servers/slurm.ts';
import type { SlurmPool } from '../../domain/resources/slurm.ts';

export interface TestSlurm {
  clusters: SlurmCluster[];
  isolated: boolean;
  stop: () => Promise<void>;
}

const admin = new SshConnections();

/** The clusters of this test run (KBOSS_TEST_SLURM), else clusters of this file alone. */
export async function aSlurm(): Promise<TestSlurm> {
  const shared = process.env.KBOSS_TEST_SLURM;
  if (shared) return { ...(JSON.parse(shared) as SlurmServers), stop: () => admin.close() };
  return ownSlurm({});
}

/** Clusters that no other file uses, removed with everything in them by `stop`. */
export async function ownSlurm(options: { clusters?: string[]; decayHalfLife?: string }): Promise<TestSlurm> {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'kboss-slurm-'));
  const servers = await startSlurm({ ...options, stateDirectory });
  if ('unavailable' in servers) throw new Error(`${servers.unavailable}; run: ${servers.command}`);
  const stop = async () => {
    await admin.close();
    await removeSlurm(stateDirectory);
    rmSync(stateDirectory, { recursive: true });
  };
  return { clusters: servers.clusters, isolated: servers.isolated, stop };
}

export function poolOf({ name, ...cluster }: SlurmCluster): SlurmPool {
  return { cluster: name, ...cluster };
}

export interface TestMember {
  request: ProvisionRequest['members'][number];
  privateKey: string;
}

/** Builds requests with names nobody else uses; `slice` keeps the user ids of test files apart. */
export function requestsFor(pool: SlurmPool, slice: number) {
  let next = pool.uidRange.from + slice * 25;
  const aMember = (): TestMember => {
    const uid = next++;
    const key = ssh2.utils.generateKeyPairSync('ed25519');
    const request = { userId: `user-${uid}`, login: `kb${uid}`, name: '张三', sshKeys: [key.public], uid };
    return { request, privateKey: key.private };
  };
  const aRequest = (members: TestMember[], more: Partial<ProvisionRequest> = {}): ProvisionRequest => ({
    externalName: `kb-o20261124-${randomBytes(4).toString('hex')}-1`,
    kind: 'supercomputing',
    plan: { sku: 'core-hours', specification: { partition: 'cpu' } },
    quantity: '1',
    customer: { id: 'customer', number: `C20261124-${randomBytes(4).toString('hex')}`, name: '某研究所' },
    members: members.map((member) => member.request),
    project: { id: 'project', name: '默认项目' },
    at: '2026-11-24T09:00:00+08:00',
    ...more,
  });
  return { aMember, aRequest };
}

/** Signs in with a member's own key and runs one command line in the member's shell. */
export async function asMember(
  pool: SlurmPool,
  member: TestMember,
  command: string,
  milliseconds = 20_000,
): Promise<CommandResult> {
  const { login: adminLogin } = member.request;
  const client = await connectSsh({ ...pool, adminLogin, adminPrivateKey: member.privateKey });
  try {
    return await execute(client, command, { input: '', milliseconds });
  } finally {
    client.end();
  }
}

/** Runs one command line on the login node with the rights of the driver, to look at what it left there. */
export async function asAdmin(pool: SlurmPool, command: string): Promise<string> {
  return (await admin.run(pool, ['sh', '-c', command])).stdout;
}
