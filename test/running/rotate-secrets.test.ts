import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { rotateSecrets } from '../../db/rotate-secrets.ts';
import { createUser } from '../../db/identity/users.ts';
import { secretBox } from '../../db/secrets.ts';
import { anEmptyWorld, type World } from '../support/world.ts';

const keyOf = (id: string, byte: number): string => `${id}:${Buffer.alloc(32, byte).toString('base64')}`;
const [old, fresh, lost] = [keyOf('old', 1), keyOf('fresh', 2), keyOf('lost', 3)];
const script = fileURLToPath(new URL('../../scripts/rotate-secrets.ts', import.meta.url));
let world: World;

beforeAll(async () => {
  world = await anEmptyWorld();
});
afterAll(async () => {
  await world.close();
});

const users = () =>
  world.sql<{ id: string; sealed: string; hash: string }>(
    'select id, phone_sealed as sealed, phone_hash as hash from user_account order by id',
  );

const rotate = () =>
  new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
    const env = {
      DATABASE_WORKER_URL: world.database.workerUrl,
      KBOSS_SECRET_KEYS: `${fresh},${old}`,
      KBOSS_PUBLIC_URL: 'http://127.0.0.1:8080',
    };
    execFile(process.execPath, [script], { env }, (error, stdout, stderr) =>
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

test('every sealed column of the schema is sealed anew, in batches, once', async () => {
  const before = secretBox(old);
  await world.worker.asSystem('test', async (em) => {
    for (let number = 0; number < 25; number += 1) {
      const phone = String(13_700_000_000 + number);
      await createUser(em, before, {
        phone,
        name: '某',
        passwordHash: null,
        language: 'zh',
        now: new Date(),
      });
    }
  });
  const rows = await users();
  const after = secretBox(`${fresh},${old}`);
  const rotated = await rotateSecrets(world.worker, after, 10);
  expect(rotated.map(({ table, column }) => `${table}.${column}`)).toEqual([
    'payment_binding.private_key_sealed',
    'pool.settings_sealed',
    'resource.access_sealed',
    'sms_binding.access_key_secret_sealed',
    'sms_code.code_sealed',
    'sms_code.phone_sealed',
    'user_account.phone_sealed',
  ]);
  expect(rotated.at(-1)).toMatchObject({ resealed: 25, unreadable: [] });
  const renewed = await users();
  for (const [index, { id, sealed, hash }] of renewed.entries()) {
    expect(sealed).toMatch(/^v1\.fresh\./);
    expect(hash).toBe(rows[index]!.hash);
    const place = { table: 'user_account', column: 'phone_sealed', id };
    expect(secretBox(fresh).open(sealed, place).reveal()).toBe(String(13_700_000_000 + index));
  }
  const again = await rotateSecrets(world.worker, after, 10);
  expect(again.reduce((sum, { resealed }) => sum + resealed, 0)).toBe(0);
  expect(await users()).toEqual(renewed);
}, 60_000);

test('the command goes on where a run was cut short, and names what no key opens', async () => {
  const [half, foreign] = await users();
  const seal = (keys: string, id: string, plain: string) =>
    world.sql('update user_account set phone_sealed = ? where id = ?', [
      secretBox(keys).seal(plain, { table: 'user_account', column: 'phone_sealed', id }),
      id,
    ]);
  await seal(old, half!.id, '13700000000');
  expect(await rotate()).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('user_account.phone_sealed: 1 sealed anew under fresh\n'),
  });
  await seal(lost, foreign!.id, '13700000001');
  const { status, stderr } = await rotate();
  expect(status).toBe(1);
  expect(stderr).toContain(`user_account.phone_sealed of ${foreign!.id} is opened by no key given.`);
}, 60_000);
