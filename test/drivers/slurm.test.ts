import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Provisioned, ProvisionRequest } from '../../activities/drivers/driver.ts';
import { SlurmDriver, type SlurmStep } from '../../activities/drivers/slurm/driver.ts';
import type { SlurmAccess, SlurmPool } from '../../domain/resources/slurm.ts';
import { asAdmin, asMember, aSlurm, poolOf, requestsFor, type TestSlurm } from '../support/slurm.ts';
import { waitFor } from '../support/wait.ts';

let slurm: TestSlurm;
let east: SlurmPool;
let west: SlurmPool;
let build: ReturnType<typeof requestsFor>;
const driver = new SlurmDriver();

beforeAll(async () => {
  slurm = await aSlurm();
  [east, west] = slurm.clusters.map(poolOf) as [SlurmPool, SlurmPool];
  build = requestsFor(east, 0);
}, 60_000);
afterAll(async () => {
  await driver.disconnect();
  await slurm.stop();
}, 30_000);

function accessOf(provisioned: Provisioned): SlurmAccess {
  if (provisioned.state !== 'active') throw new Error(provisioned.state);
  return provisioned.access as unknown as SlurmAccess;
}

/** Everything the cluster knows of a resource, as text to compare. */
async function everythingOf({ externalName: name, customer, members }: ProvisionRequest): Promise<string> {
  const parts = [
    `sacctmgr -nP show assoc where account=${name},kb-${customer.number.toLowerCase()} format=Cluster,Account,ParentName,User,Partition,QOS,DefaultQOS`,
    `sacctmgr -nP show qos where name=${name} format=Name,Flags,GrpTRESMins`,
    `getent group ${name}; ls -ld ${east.projectRoot}/${name} | cut -d' ' -f1,3,4`,
    ...members.map(({ login }) => `getent passwd ${login}; cat ~${login}/.ssh/authorized_keys`),
  ];
  return asAdmin(east, parts.join('; '));
}

describe('opening core-hours', () => {
  test('a member signs in with the own key and runs a job under the bought account', async () => {
    const member = build.aMember();
    const request = build.aRequest([member], { quantity: '12.5' });
    const access = accessOf(await driver.open(east, request));
    expect(access).toMatchObject({
      host: east.host,
      port: east.port,
      login: member.request.login,
      members: [{ userId: member.request.userId, login: member.request.login }],
      account: request.externalName,
      qos: request.externalName,
      partitions: ['cpu'],
      coreHours: '12.5',
      connectCommand: `ssh -p ${east.port} ${member.request.login}@${east.host}`,
    });
    expect(access.hostKeyFingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
    const job = await asMember(
      east,
      member,
      `${access.firstJobCommand} && cat ${access.projectDirectory}/about.json`,
    );
    expect(job).toMatchObject({ status: 0, stderr: '' });
    expect(job.stdout).toContain(request.externalName);
    const accounted = `sacct -nPX -u ${member.request.login} -o Account,QOS,State`;
    const row = `${request.externalName}|${request.externalName}|COMPLETED`;
    await waitFor('the job in the accounts', async () => (await asAdmin(east, accounted)).includes(row));
  });

  test('twice is once', async () => {
    const request = build.aRequest([build.aMember(), build.aMember()]);
    const first = await driver.open(east, request);
    const before = await everythingOf(request);
    expect(await driver.open(east, request)).toEqual(first);
    expect(await everythingOf(request)).toBe(before);
  });

  test('two at the same time are one, and two of one customer share the account above them', async () => {
    const request = build.aRequest([build.aMember()]);
    const other = build.aRequest([build.aMember()], { customer: request.customer });
    const outcomes = await Promise.all([request, request, other].map((one) => driver.open(east, one)));
    expect(outcomes[1]).toEqual(outcomes[0]);
    const parents = await asAdmin(
      east,
      `sacctmgr -nP show assoc where account=${request.externalName},${other.externalName} user= format=ParentName`,
    );
    expect(new Set(parents.trim().split('\n'))).toEqual(
      new Set([`kb-${request.customer.number.toLowerCase()}`]),
    );
  });

  test('eight at once, of two workers on two clusters of one database, lose nothing', async () => {
    const other = new SlurmDriver();
    const inWest = requestsFor(west, 0);
    const opening = [0, 1, 2, 3].flatMap(() => [
      driver.open(east, build.aRequest([build.aMember()])),
      other.open(west, inWest.aRequest([inWest.aMember()])),
    ]);
    const outcomes = await Promise.all(opening);
    expect(outcomes.map(({ state }) => state)).toEqual(Array.from({ length: 8 }, () => 'active'));
    await other.disconnect();
  });

  test.each<SlurmStep>(['customer-account', 'qos', 'login-node', 'account', 'members'])(
    'a crash after %s is mended by opening again',
    async (last) => {
      const member = build.aMember();
      const request = build.aRequest([member]);
      const crashing = new SlurmDriver((step) => {
        if (step === last) throw new Error('crash');
      });
      await expect(crashing.open(east, request)).rejects.toThrow('crash');
      await crashing.disconnect();
      const looked = await driver.lookUp(east, request.externalName);
      expect(looked.state).toBe(last === 'members' ? 'active' : 'absent');
      const access = accessOf(await driver.open(east, request));
      expect(await asMember(east, member, access.firstJobCommand)).toMatchObject({ status: 0 });
    },
  );

  test('the same name with other contents is refused', async () => {
    const request = build.aRequest([build.aMember()]);
    await driver.open(east, request);
    const refusal = { code: 'OPENED_DIFFERENTLY', retry: 'never' };
    await expect(driver.open(east, { ...request, quantity: '2' })).rejects.toMatchObject(refusal);
    const stranger = { ...request.customer, number: 'C20261124-STRANGER' };
    await expect(driver.open(east, { ...request, customer: stranger })).rejects.toMatchObject(refusal);
  });

  test('a plan without a partition may be used in all of the pool', async () => {
    const member = build.aMember();
    const request = build.aRequest([member], { plan: { sku: 'any', specification: {} } });
    const access = accessOf(await driver.open(east, request));
    expect(access.partitions).toEqual(['cpu', 'gpu']);
    const job = `srun -A ${access.account} -p gpu --gres=gpu:1 -t 1 hostname`;
    expect(await asMember(east, member, job)).toMatchObject({ status: 0 });
  });

  test('again with a key and a member more brings them in', async () => {
    const [first, second] = [build.aMember(), build.aMember()];
    const request = build.aRequest([{ ...first, request: { ...first.request, sshKeys: [] } }]);
    await driver.open(east, request);
    await expect(asMember(east, first, 'true')).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
    const members = [first.request, second.request];
    const access = accessOf(await driver.open(east, { ...request, members }));
    expect(access.members.map(({ login }) => login)).toEqual(members.map(({ login }) => login));
    for (const member of [first, second]) {
      expect(await asMember(east, member, access.firstJobCommand)).toMatchObject({ status: 0 });
    }
  });

  test('nothing of one cluster is seen on the other', async () => {
    const request = build.aRequest([build.aMember()]);
    await driver.open(east, request);
    expect(await driver.lookUp(west, request.externalName)).toEqual({ state: 'absent' });
  });
});

describe('looking up and closing', () => {
  test('absent, then active as it was opened, then absent', async () => {
    const request = build.aRequest([build.aMember()]);
    expect(await driver.lookUp(east, request.externalName)).toEqual({ state: 'absent' });
    const opened = await driver.open(east, request);
    expect(await driver.lookUp(east, request.externalName)).toEqual(opened);
    await driver.close(east, request.externalName);
    expect(await driver.lookUp(east, request.externalName)).toEqual({ state: 'absent' });
  });

  test('a release ends jobs, sign-in and account, keeps the data, and may be repeated', async () => {
    const member = build.aMember();
    const request = build.aRequest([member]);
    const access = accessOf(await driver.open(east, request));
    const command = `echo result > ${access.projectDirectory}/result && sbatch -A ${access.account} -t 9 --wrap 'sleep 300'`;
    expect(await asMember(east, member, command)).toMatchObject({ status: 0 });
    await driver.close(east, request.externalName);
    await driver.close(east, request.externalName);
    await expect(asMember(east, member, 'true')).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
    expect(await asAdmin(east, `squeue -h -A ${access.account} -t PD,R`)).toBe('');
    expect(await asAdmin(east, `cat ${access.projectDirectory}/result`)).toBe('result\n');
    await expect(driver.open(east, request)).rejects.toMatchObject({ code: 'CLOSED', retry: 'never' });
  });

  test('a member with another live resource keeps that one', async () => {
    const member = build.aMember();
    const first = build.aRequest([member]);
    const second = build.aRequest([member]);
    await driver.open(east, first);
    const access = accessOf(await driver.open(east, second));
    await driver.close(east, first.externalName);
    expect(await asMember(east, member, access.firstJobCommand)).toMatchObject({ status: 0 });
    const refused = await asMember(east, member, `srun -A ${first.externalName} -t 1 hostname`);
    expect(refused.status).not.toBe(0);
  });

  test('what was released before it was ever opened cannot be opened later', async () => {
    const request = build.aRequest([build.aMember()]);
    await driver.close(east, request.externalName);
    await expect(driver.open(east, request)).rejects.toMatchObject({ code: 'CLOSED' });
  });
});
