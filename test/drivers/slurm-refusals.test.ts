import { execFileSync } from 'node:child_process';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import ssh2 from 'ssh2';
import type { ProvisionRequest } from '../../activities/drivers/driver.ts';
import { connectSsh, execute } from '../../activities/drivers/slurm/connection.ts';
import { SlurmDriver } from '../../activities/drivers/slurm/driver.ts';
import { commandLine, quoteWord } from '../../activities/drivers/slurm/quote.ts';
import { coreMinutesOf } from '../../activities/drivers/slurm/request.ts';
import type { SlurmPool } from '../../domain/resources/slurm.ts';
import { asAdmin, asMember, aSlurm, poolOf, requestsFor, type TestSlurm } from '../support/slurm.ts';

let slurm: TestSlurm;
let pool: SlurmPool;
let build: ReturnType<typeof requestsFor>;
const driver = new SlurmDriver();
const nasty = [
  "O'Brien",
  '"双引号"',
  '$(touch /tmp/kboss-was-here)',
  'a|b;c&d',
  'two\nlines',
  '`id`',
  '-rf',
  '\\',
  '*',
];

beforeAll(async () => {
  slurm = await aSlurm();
  pool = poolOf(slurm.clusters[0]!);
  build = requestsFor(pool, 2);
}, 60_000);
afterAll(async () => {
  await driver.disconnect();
  await slurm.stop();
}, 30_000);

describe('words', () => {
  const words = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...nasty)), {
    minLength: 1,
    maxLength: 6,
  });

  test('of any characters arrive at a program as they are, through a local shell', () => {
    fc.assert(
      fc.property(words, (list) => {
        const clean = list.map((word) => word.replaceAll('\0', '').toWellFormed());
        const said = execFileSync('/bin/sh', [
          '-c',
          `${commandLine(['printf', '%s\\0'])} ${commandLine(clean)}`,
        ]);
        expect(said.toString().split('\0').slice(0, -1)).toEqual(clean);
      }),
      { numRuns: 150 },
    );
  });

  test('and through the login shell of a cluster', async () => {
    const client = await connectSsh(pool);
    const line = commandLine(['printf', '%s\\0', ...nasty]);
    const said = await execute(client, line, { input: '', milliseconds: 10_000 });
    client.end();
    expect(said.stdout.split('\0').slice(0, -1)).toEqual(nasty);
  });

  test('with a NUL are refused', () => {
    expect(() => quoteWord('a\0b')).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', retry: 'never' }),
    );
  });
});

describe('names that people gave', () => {
  test('arrive as data, byte for byte, and are no part of any command', async () => {
    const members = nasty.map((name) => {
      const member = build.aMember();
      return { ...member, request: { ...member.request, name } };
    });
    const customer = { ...build.aRequest([]).customer, name: nasty.join(' ') };
    const project = { id: 'project', name: nasty.toReversed().join(' ') };
    const request = build.aRequest(members, { customer, project });
    await driver.open(pool, request);
    const about = JSON.parse(
      await asAdmin(pool, `cat ${pool.projectRoot}/${request.externalName}/about.json`),
    ) as unknown;
    expect(about).toMatchObject({
      customer,
      project,
      members: members.map(({ request: { name } }) => ({ name })),
    });
    expect(await asAdmin(pool, 'ls /tmp/kboss-was-here')).toBe('');
  });

  const change: [string, (request: ProvisionRequest, word: string) => ProvisionRequest][] = [
    ['external name', (request, word) => ({ ...request, externalName: `kb-${word}` })],
    ['customer number', (request, word) => ({ ...request, customer: { ...request.customer, number: word } })],
    ['login', (request, word) => ({ ...request, members: [{ ...request.members[0]!, login: word }] })],
    ['user id', (request, word) => ({ ...request, members: [{ ...request.members[0]!, userId: word }] })],
    ['ssh key', (request, word) => ({ ...request, members: [{ ...request.members[0]!, sshKeys: [word] }] })],
    [
      'partition',
      (request, word) => ({ ...request, plan: { sku: 'sku', specification: { partition: word } } }),
    ],
    ['quantity', (request, word) => ({ ...request, quantity: word })],
  ];
  test.each(change)('are refused as %s before anything is done', async (_field, withWord) => {
    const request = build.aRequest([build.aMember()]);
    for (const word of [...nasty, '', '1.e9', 'root,admin', 'x'.repeat(300)]) {
      await expect(driver.open(pool, withWord(request, word))).rejects.toMatchObject({
        name: 'DriverError',
        code: expect.stringMatching(/^INVALID_(REQUEST|NAME)$/) as unknown,
        retry: 'never',
      });
    }
    expect(await driver.lookUp(pool, request.externalName)).toEqual({ state: 'absent' });
  });

  test('are refused where they look up and close, too', async () => {
    for (const word of nasty) {
      await expect(driver.lookUp(pool, word)).rejects.toMatchObject({ code: 'INVALID_NAME' });
      await expect(driver.close(pool, word)).rejects.toMatchObject({ code: 'INVALID_NAME' });
    }
  });

  test('a key that would force a command, or more than one key, is refused', async () => {
    const member = build.aMember();
    const [key] = member.request.sshKeys as [string];
    for (const line of [`command="sh" ${key}`, `${key}\n${key}`, key.replace('ssh-ed25519', 'ssh-rsa')]) {
      const request = build.aRequest([{ ...member, request: { ...member.request, sshKeys: [line] } }]);
      await expect(driver.open(pool, request)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    }
  });
});

describe('users', () => {
  test('outside of the range, and ids or logins of somebody else, are refused', async () => {
    const member = build.aMember();
    await driver.open(pool, build.aRequest([member]));
    const withMember = (more: Partial<typeof member.request>) =>
      driver.open(pool, build.aRequest([{ ...member, request: { ...member.request, ...more } }]));
    await expect(withMember({ uid: 0, login: 'root' })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(withMember({ login: 'other' })).rejects.toMatchObject({ code: 'UID_TAKEN', retry: 'never' });
    await expect(withMember({ userId: 'other' })).rejects.toMatchObject({
      code: 'LOGIN_TAKEN',
      retry: 'never',
    });
    await expect(withMember({ uid: build.aMember().request.uid })).rejects.toMatchObject({
      code: 'LOGIN_TAKEN',
    });
  });

  test('cannot lead the driver astray by links in their home', async () => {
    const member = build.aMember();
    await driver.open(pool, build.aRequest([member]));
    await asMember(
      pool,
      member,
      'rm -rf .ssh/authorized_keys && ln -s /etc/passwd .ssh/authorized_keys.kboss',
    );
    const before = await asAdmin(pool, 'cat /etc/passwd');
    await expect(driver.open(pool, build.aRequest([member]))).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
    });
    expect(await asAdmin(pool, 'cat /etc/passwd')).toBe(before);
  });
});

describe('core-hours', () => {
  test.each([
    ['1', 60n],
    ['0.05', 3n],
    ['1000000.5', 60_000_030n],
  ])('%s are %s minutes', (hours, minutes) => {
    expect(coreMinutesOf(hours)).toBe(minutes);
  });

  test.each(['0', '0.001', '-1', '1e3', ' 1', '1,5', ''])('"%s" is refused', (hours) => {
    expect(() => coreMinutesOf(hours)).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
  });
});

describe('the way to the cluster', () => {
  const open = (more: Partial<SlurmPool>) =>
    driver.open({ ...pool, ...more }, build.aRequest([build.aMember()]));

  test('a host key other than the pinned one is refused, of the same type and of another', async () => {
    const hostKey = ssh2.utils.generateKeyPairSync('ed25519').public.split(' ').slice(0, 2).join(' ');
    const mismatch = { code: 'HOST_KEY_MISMATCH', retry: 'never' };
    await expect(open({ hostKey })).rejects.toMatchObject(mismatch);
    await expect(open({ hostKey: 'ecdsa-sha2-nistp256 AAAA' })).rejects.toMatchObject(mismatch);
  });

  test('a key that the cluster does not know is LOGIN_REFUSED, nonsense is INVALID_POOL', async () => {
    const adminPrivateKey = ssh2.utils.generateKeyPairSync('ed25519').private;
    await expect(open({ adminPrivateKey })).rejects.toMatchObject({ code: 'LOGIN_REFUSED', retry: 'never' });
    await expect(open({ adminPrivateKey: 'PRIVATE KEY' })).rejects.toMatchObject({ code: 'INVALID_POOL' });
    await expect(open({ partitions: [] })).rejects.toMatchObject({ code: 'INVALID_POOL', retry: 'never' });
    await expect(open({ homeRoot: '/home/$(id)' })).rejects.toMatchObject({ code: 'INVALID_POOL' });
  });

  test('nobody there, and a connection that ends, are UNREACHABLE and may be tried again', async () => {
    const server = await listening((socket) => socket.destroy());
    const { port } = server.address() as AddressInfo;
    const unreachable = { code: 'UNREACHABLE', retry: 'safe' };
    await expect(open({ host: '127.0.0.1', port })).rejects.toMatchObject(unreachable);
    await new Promise((resolve) => server.close(resolve));
    await expect(open({ host: '127.0.0.1', port })).rejects.toMatchObject(unreachable);
  });

  test('a command that takes too long, or loses its connection, has an unknown outcome', async () => {
    const client = await connectSsh(pool);
    const late = execute(client, 'sleep 60', { input: '', milliseconds: 200 });
    await expect(late).rejects.toMatchObject({ code: 'TIMED_OUT', retry: 'look-up' });
    const other = await connectSsh(pool);
    const lost = execute(other, 'kill -9 $PPID', { input: '', milliseconds: 10_000 });
    await expect(lost).rejects.toMatchObject({ code: 'INTERRUPTED', retry: 'look-up' });
  });
});

function listening(onConnection: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer(onConnection).listen(0, '127.0.0.1', () => resolve(server));
  });
}
