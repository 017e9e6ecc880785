import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectSsh } from '../../activities/drivers/slurm/connection.ts';
import { SlurmDriver } from '../../activities/drivers/slurm/driver.ts';
import type { SlurmPool } from '../../domain/resources/slurm.ts';
import {
  asAdmin,
  asMember,
  aSlurm,
  poolOf,
  requestsFor,
  type TestMember,
  type TestSlurm,
} from '../support/slurm.ts';

/** A customer has a shell on our host. What can be reached from it? */
let slurm: TestSlurm;
let pool: SlurmPool;
let member: TestMember;
let account: string;
const servers: Server[] = [];
const driver = new SlurmDriver();

beforeAll(async () => {
  slurm = await aSlurm();
  pool = poolOf(slurm.clusters[0]!);
  const build = requestsFor(pool, 6);
  member = build.aMember();
  const request = build.aRequest([member]);
  account = request.externalName;
  await driver.open(pool, request);
  servers.push(await listening('127.0.0.1'), await listening('0.0.0.0'), await listening('::'));
}, 60_000);
afterAll(async () => {
  for (const server of servers) server.close();
  await driver.disconnect();
  await slurm.stop();
}, 30_000);

const ports = () => [
  ...new Set([...servers.map((one) => (one.address() as AddressInfo).port), ...listeningPorts()]),
];
const addresses = () => [
  '127.0.0.1',
  ...Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).filter((a) => a.family === 'IPv4').map((a) => a.address),
  ),
];

/** Every TCP port that something on the host listens on, its own included. */
function listeningPorts(): number[] {
  const lines = ['tcp', 'tcp6'].flatMap((name) =>
    readFileSync(`/proc/net/${name}`, 'utf8').split('\n').slice(1),
  );
  const fields = lines.map((line) => line.trim().split(/\s+/)).filter((one) => one[3] === '0A');
  return fields.map((one) => Number.parseInt(one[1]!.split(':')[1]!, 16));
}

/** Ports of the cluster itself, which its users must reach. */
const ownPorts = (where: string) => `awk '$4=="0A"{print $2}' ${where}`;

describe('the clusters of this machine', () => {
  test('stand behind a fence', () => {
    expect(slurm.isolated).toBe(true);
  });

  test.each([
    ['the login node', (script: string) => script],
    ['a job', (script: string) => `srun -A ${account} -t 1 ${script}`],
  ])('from %s every port of the host is closed', async (_place, wrap) => {
    const script = `bash -c 'for port in ${ports().join(' ')}; do for host in ${addresses().join(' ')}; do
      (exec 3<>/dev/tcp/$host/$port) 2>/dev/null && echo open $host:$port; done; done; echo done; ${ownPorts('/proc/net/tcp').replaceAll("'", `'\\''`)}'`;
    const said = await asMember(pool, member, wrap(script), 60_000);
    const lines = said.stdout.trim().split('\n');
    const end = lines.indexOf('done');
    expect(end).toBeGreaterThanOrEqual(0);
    const own = lines.slice(end + 1).map((one) => Number.parseInt(one.split(':')[1]!, 16));
    const open = lines
      .slice(0, end)
      .filter((one) => !own.includes(Number(one.split(':')[1])) || !one.includes('127.0.0.1'));
    expect(open).toEqual([]);
  });

  test('that root inside could reach, so that the look is not an empty one', async () => {
    const { port } = servers[1]!.address() as AddressInfo;
    const looks = addresses().map(
      (host) => `bash -c 'exec 3<>/dev/tcp/${host}/${port} && cat <&3' 2>/dev/null`,
    );
    expect(await asAdmin(pool, looks.join('; '))).toBe('reached');
  });

  test('nor do tunnels of ssh lead to one', async () => {
    const { login: adminLogin } = member.request;
    const client = await connectSsh({ ...pool, adminLogin, adminPrivateKey: member.privateKey });
    for (const server of servers) {
      for (const address of new Set(addresses())) {
        const { port } = server.address() as AddressInfo;
        const opened = await new Promise<boolean>((resolve) =>
          client.forwardOut('127.0.0.1', 0, address, port, (error, channel) => {
            channel?.destroy();
            resolve(!error);
          }),
        );
        expect(`${address} ${opened}`).toBe(`${address} false`);
      }
    }
    client.end();
  });

  test('our processes, temporary files and users are out of sight', async () => {
    const said = await asMember(
      pool,
      member,
      'ls /proc | grep -c "^[0-9]"; ls -A /tmp /home /root 2>&1; getent passwd | wc -l; ip -6 addr',
    );
    expect(Number(said.stdout.split('\n')[0])).toBeLessThan(10);
    for (const name of readdirSync('/tmp').filter((one) => one.startsWith('kboss')))
      expect(said.stdout).not.toContain(name);
    expect(said.stdout).not.toContain('inet6');
    expect(readFileSync('/etc/passwd', 'utf8')).not.toContain(member.request.login);
  });

  test('and one customer reads nothing of another', async () => {
    const build = requestsFor(pool, 7);
    const other = build.aMember();
    const request = build.aRequest([other]);
    await driver.open(pool, request);
    const job = await asMember(
      pool,
      other,
      `echo secret > ${pool.projectRoot}/${request.externalName}/data; sbatch --parsable -A ${request.externalName} -t 1 --wrap 'sleep 60'`,
    );
    expect(job.status).toBe(0);
    const looks = [
      `cat ${pool.projectRoot}/${request.externalName}/data`,
      `ls ${pool.homeRoot}/${other.request.login}`,
      `squeue -h; sacct -nPXa -o JobID,Account; sacctmgr -nP show assoc; sacctmgr -nP show account`,
      `scancel ${job.stdout.trim()}`,
      `srun -A ${request.externalName} -t 1 hostname`,
      `sacctmgr -i modify qos ${account} set GrpTRESMins=cpu=99999`,
    ];
    for (const look of looks) {
      const said = await asMember(pool, member, `${look} 2>/dev/null`);
      expect(said.stdout).not.toMatch(new RegExp(`secret|${request.externalName}|${other.request.login}`));
    }
    expect(await asMember(pool, other, `squeue -h -j ${job.stdout.trim()} -o %T`)).toMatchObject({
      stdout: expect.stringMatching(/RUNNING|PENDING/) as unknown,
    });
    expect((await asMember(pool, member, `sacctmgr -nP show qos ${account} format=GrpTRESMins`)).stdout).toBe(
      'cpu=60\n',
    );
  });
});

function listening(host: string): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.on('error', () => {}).end('reached')).listen(0, host, () =>
      resolve(server),
    );
  });
}
