import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SlurmDriver } from '../../activities/drivers/slurm/driver.ts';
import type { SlurmPool } from '../../domain/resources/slurm.ts';
import {
  asAdmin,
  asMember,
  ownSlurm,
  poolOf,
  requestsFor,
  type TestMember,
  type TestSlurm,
} from '../support/slurm.ts';
import { waitFor } from '../support/wait.ts';

/** A cluster whose usage halves every minute, the shortest that Slurm knows. */
let slurm: TestSlurm;
let pool: SlurmPool;
let build: ReturnType<typeof requestsFor>;
const driver = new SlurmDriver();

beforeAll(async () => {
  slurm = await ownSlurm({ clusters: ['fading'], decayHalfLife: '1' });
  pool = poolOf(slurm.clusters[0]!);
  build = requestsFor(pool, 0);
}, 60_000);
afterAll(async () => {
  await driver.disconnect();
  await slurm.stop();
}, 30_000);

const stateOf = async (job: string) => (await asAdmin(pool, `squeue -h -j ${job} -o '%T %r'`)).trim();
const runs = async (job: string) => (await stateOf(job)).startsWith('RUNNING');

async function submit(member: TestMember, account: string, options: string): Promise<string> {
  const said = await asMember(
    pool,
    member,
    `sbatch --parsable -A ${account} ${options} --wrap 'sleep 300' < /dev/null`,
  );
  expect(said).toMatchObject({ status: 0 });
  return said.stdout.trim();
}

/** Runs eight cores for a while, then ends the job: 128 core-seconds of use at least. */
async function useUp(member: TestMember, account: string): Promise<void> {
  const job = await submit(member, account, '-n 8 -t 1');
  const used = async () =>
    Number((await asAdmin(pool, `squeue -h -j ${job} -O TimeUsed`)).trim().split(':').at(-1));
  await waitFor(`sixteen seconds of job ${job}`, async () => (await used()) >= 16, 30_000);
  await asAdmin(pool, `scancel ${job}`);
  await waitFor(`the end of job ${job}`, async () => !/^(RUNNING|COMPLETING)/.test(await stateOf(job)));
}

/** As many sites do it: the bought minutes as a limit of the account's association, its usage fades. */
async function openFading(member: TestMember, name: string, minutes: number): Promise<void> {
  const add = `sacctmgr -i add account ${name} cluster=fading GrpTRESMins=cpu=${minutes}`;
  await asAdmin(pool, `${add}; sacctmgr -i add user ${member.request.login} account=${name} cluster=fading`);
}

describe('bought core-hours', () => {
  test('that a job alone would exceed are refused at once', async () => {
    const member = build.aMember();
    const request = build.aRequest([member], { quantity: '0.1' });
    await driver.open(pool, request);
    const said = await asMember(pool, member, `srun -A ${request.externalName} -n 1 -t 7 hostname`);
    expect(said.status).not.toBe(0);
    expect(said.stderr).toContain('QOSGrpCPUMinutesLimit');
    expect(await asMember(pool, member, `srun -A ${request.externalName} -n 1 -t 6 hostname`)).toMatchObject({
      status: 0,
    });
  });

  test('cannot be spent twice at the same time, nor outside of the account', async () => {
    const member = build.aMember();
    const request = build.aRequest([member], { quantity: '0.1' });
    await driver.open(pool, request);
    const first = await submit(member, request.externalName, '-n 4 -t 1');
    const second = await submit(member, request.externalName, '-n 4 -t 1');
    await waitFor('the first job runs', () => runs(first));
    await waitFor(
      'Slurm stops the second',
      async () => (await stateOf(second)) === 'PENDING QOSGrpCPUMinutesLimit',
    );
    for (const elsewhere of ['-p gpu', '--qos=normal', `-A kb-${request.customer.number.toLowerCase()}`]) {
      const account = elsewhere.startsWith('-A') ? '' : `-A ${request.externalName}`;
      const said = await asMember(pool, member, `srun ${account} ${elsewhere} -t 1 hostname`);
      expect(said).toMatchObject({ stderr: expect.stringContaining('Invalid') as unknown });
      expect(said.status).not.toBe(0);
    }
    await asAdmin(pool, `scancel ${first} ${second}`);
  });

  test('once used stay used, while the limit of an association fades with the half-life', async () => {
    const members = [build.aMember(), build.aMember()] as const;
    const request = build.aRequest([members[0]], { quantity: '0.15' });
    await driver.open(pool, request);
    await driver.open(pool, build.aRequest([members[1]]));
    await openFading(members[1], 'fading', 9);
    const accounts = [request.externalName, 'fading'] as const;
    const tooBig = await submit(members[1], 'fading', '-n 10 -t 1');
    await waitFor('the other limit holds, too', async () => /AssocGrpCPUMin/.test(await stateOf(tooBig)));
    await asAdmin(pool, `scancel ${tooBig}`);
    await Promise.all(members.map((member, index) => useUp(member, accounts[index]!)));

    const use = async (account: string) => {
      const rows = await asAdmin(pool, `sacct -nPXa -S now-10minutes -A ${account} -o CPUTimeRAW`);
      return rows.split('\n').reduce((sum, row) => sum + Number(row), 0);
    };
    for (const account of accounts) {
      await waitFor(`two minutes of ${account} in the accounts`, async () => (await use(account)) >= 128);
    }

    // 9 core-minutes bought, more than 2 used: a job of 8 has to wait, and waits for ever where usage stays.
    const jobs = await Promise.all(
      members.map((member, index) => submit(member, accounts[index]!, '-n 8 -t 1')),
    );
    const [ours, fading] = jobs as [string, string];
    const stopped = 'PENDING QOSGrpCPUMinutesLimit';
    await waitFor('Slurm stops ours', async () => (await stateOf(ours)) === stopped);
    await waitFor('the fading limit gives time away', () => runs(fading), 85_000);
    expect(await stateOf(ours)).toBe(stopped);
    await asAdmin(pool, `scancel ${ours} ${fading}`);
  }, 130_000);
});
