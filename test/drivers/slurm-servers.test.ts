import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SlurmDriver } from '../../activities/drivers/slurm/driver.ts';
import { readRecords } from '../../scripts/servers/process-table.ts';
import { removeSlurm, startSlurm, type SlurmServers } from '../../scripts/servers/slurm.ts';
import { asMember, poolOf, requestsFor } from '../support/slurm.ts';
import { waitFor } from '../support/wait.ts';

let directories: string[] = [];
const driver = new SlurmDriver();

function aStateDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'kboss-slurm-'));
  directories.push(directory);
  return directory;
}

async function start(stateDirectory: string): Promise<SlurmServers> {
  const servers = await startSlurm({ stateDirectory, clusters: ['solo'] });
  if ('unavailable' in servers) throw new Error(servers.unavailable);
  return servers;
}

/** Processes that belong to the clusters of a state directory: daemons, jobs, shells. */
function processesOf(root: string): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`SLURM_CONF=${root}/`);
    } catch {
      return false;
    }
  });
}

const isSleeping = (pid: string) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('sleep\x00300');

beforeEach(() => {
  directories = [];
});
afterEach(async () => {
  await driver.disconnect();
  for (const directory of directories) {
    await removeSlurm(directory);
    rmSync(directory, { recursive: true, force: true });
  }
}, 60_000);

describe('demo clusters', () => {
  test('keep addresses, users, accounts and data over a stop, which leaves no process', async () => {
    const stateDirectory = aStateDirectory();
    const before = await start(stateDirectory);
    const root = readlinkSync(join(stateDirectory, 'slurm'));
    const pool = poolOf(before.clusters[0]!);
    const build = requestsFor(pool, 0);
    const member = build.aMember();
    const request = build.aRequest([member]);
    const opened = await driver.open(pool, request);
    await asMember(
      pool,
      member,
      `sbatch -A ${request.externalName} -t 9 --wrap 'setsid sleep 300 & sleep 300'`,
    );
    await waitFor('the job runs', () => processesOf(root).filter(isSleeping).length === 2, 30_000);
    const interfaces = Object.keys(networkInterfaces()).length;

    await before.stop();
    expect(processesOf(root)).toEqual([]);
    expect(readRecords(join(stateDirectory, 'run'))).toEqual([]);
    expect(Object.keys(networkInterfaces())).toHaveLength(interfaces - 1);

    const after = await start(stateDirectory);
    expect(after.clusters).toEqual(before.clusters);
    expect(await driver.lookUp(pool, request.externalName)).toEqual(opened);
    const job = await asMember(pool, member, `srun -A ${request.externalName} -t 1 hostname`);
    expect(job).toMatchObject({ status: 0 });
  }, 90_000);

  test('are taken over by a second start, and started anew when one of them died', async () => {
    const stateDirectory = aStateDirectory();
    const first = await start(stateDirectory);
    const second = await start(stateDirectory);
    expect(second).toMatchObject({ adopted: true, isolated: first.isolated, clusters: first.clusters });

    const controller = readRecords(join(stateDirectory, 'run')).find(
      (one) => one.name === 'slurm-solo-controller',
    )!;
    process.kill(controller.pid, 'SIGKILL');
    const third = await start(stateDirectory);
    expect(third).toMatchObject({ adopted: false, clusters: first.clusters });
  }, 90_000);

  test('of two state directories run side by side, and an abandoned one is cleared away', async () => {
    const [one, other] = [aStateDirectory(), aStateDirectory()];
    const both = await Promise.all([start(one), start(other)]);
    const [a, b] = both.map((servers) => servers.clusters[0]!);
    expect(a!.uidRange).not.toEqual(b!.uidRange);
    expect(`${a!.host}:${a!.port}`).not.toBe(`${b!.host}:${b!.port}`);

    const abandoned = readlinkSync(join(one, 'slurm'));
    rmSync(one, { recursive: true });
    await both[1]!.stop();
    await start(other);
    expect(existsSync(abandoned)).toBe(false);
    expect(processesOf(abandoned)).toEqual([]);
  }, 90_000);

  test('are said to be impossible without root, with the line that would help', async () => {
    const { getuid } = process;
    process.getuid = () => 1000;
    try {
      const said = await startSlurm({ stateDirectory: aStateDirectory() });
      expect(said).toEqual({
        unavailable: expect.stringContaining('only root may') as unknown,
        command: expect.stringContaining('apt-get install') as unknown,
      });
    } finally {
      process.getuid = getuid;
    }
  });
});
