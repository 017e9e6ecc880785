import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { readPool } from '../../activities/drivers/slurm/pool.ts';
import { readBinding } from '../../db/payments/recharges.ts';
import { anApi, type RunningApi } from '../support/api.ts';
import { anEmptyWorld, type World } from '../support/world.ts';

const script = fileURLToPath(new URL('../../scripts/set-up.ts', import.meta.url));
let world: World;
let api: RunningApi;

beforeAll(async () => {
  world = await anEmptyWorld();
  api = await anApi(world, { temporal: 'unreachable' });
});
afterAll(async () => {
  await api.close();
  await world.close();
});

const pem = { format: 'pem', type: 'pkcs8' } as const;
const spki = { format: 'pem', type: 'spki' } as const;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed = generateKeyPairSync('ed25519');
const cluster = {
  cluster: 'hpc1',
  host: 'login.hpc.example',
  port: 22,
  hostKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGx0',
  adminLogin: 'root',
  adminPrivateKey: '-----BEGIN OPENSSH PRIVATE KEY-----\nc3Ry\n-----END OPENSSH PRIVATE KEY-----\n',
  partitions: ['cpu', 'gpu'],
  uidRange: { from: 200_000, to: 209_999 },
  homeRoot: '/home',
  projectRoot: '/project',
};
const taxpayer = { kind: 'general', rate: '0.06' };
const deployment = {
  platform: {
    name: '云川计算有限公司',
    taxpayer,
    storefront: { code: 'yunchuan', nameZh: '云川', nameEn: 'Yunchuan', colour: '#224466' },
    firstPeriod: '2026-01',
  },
  admin: { phone: '139 1234 5678', name: '郭川' },
  suppliers: [
    { name: '北方超算中心', kind: 'resource', taxpayer },
    { name: '青云公司', kind: 'product', taxpayer: { kind: 'small-scale', rate: '0.03' } },
  ],
  pools: [
    { code: 'north', name: '北方集群', supplier: '北方超算中心', driver: 'slurm', settings: cluster },
    { code: 'north-hand', name: '北方人工', supplier: '北方超算中心', driver: 'manual' },
    {
      code: 'qingyun',
      name: '青云接口',
      supplier: '青云公司',
      driver: 'open-computing',
      settings: {
        baseUrl: 'https://api.qingyun.example/v1/',
        keyId: 'kboss',
        privateKey: ed.privateKey.export(pem),
        supplierKeyId: 'qingyun',
        supplierPublicKey: ed.publicKey.export(spki),
      },
    },
  ],
  payments: [
    {
      channel: 'alipay',
      appId: '2021000000000001',
      merchantId: '2088000000000001',
      gatewayUrl: 'https://openapi.alipay.com/gateway.do',
      privateKey: rsa.privateKey.export(pem),
      alipayPublicKey: rsa.publicKey.export(spki),
    },
  ],
  sms: [
    {
      channel: 'aliyun',
      endpoint: 'https://dysmsapi.aliyuncs.com',
      accessKeyId: 'LTAI0000',
      accessKeySecret: 'sms-secret-word',
      signName: '云川',
      templates: { verification: 'SMS_1' },
    },
  ],
};

/** Runs the command itself with a file on standard input. */
const setUp = (file: unknown, env: Record<string, string> = {}) =>
  new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', script, '-'],
      {
        env: {
          DATABASE_WORKER_URL: world.database.workerUrl,
          KBOSS_PUBLIC_URL: 'http://127.0.0.1:8080',
          ...env,
        },
      },
      (error, stdout, stderr) => resolve({ status: error ? Number(error.code) : 0, stdout, stderr }),
    );
    child.stdin!.end(typeof file === 'string' ? file : JSON.stringify(file));
  });

/** Everything that a set-up may write. */
const written = () =>
  Promise.all(
    [
      'organisation',
      'organisation_taxpayer',
      'storefront',
      'user_account',
      'membership',
      'pool',
      'payment_binding',
      'sms_binding',
      'audit_event',
    ].map((table) => world.sql<object>(`select * from ${table} order by 1, 2`)),
  );

test.each([
  ['platform.name', { platform: { ...deployment.platform, name: undefined } }, 'platform.name is missing.'],
  [
    'platform.taxpayer.rate',
    { platform: { ...deployment.platform, taxpayer: { kind: 'general', rate: '6' } } },
    'platform.taxpayer.rate must be a decimal string below 1, "0.06" for 6 %.',
  ],
  ['admin.phone', { admin: { phone: '12345', name: 'x' } }, 'admin.phone must be a mainland mobile number.'],
  ['an unknown field', { admins: [] }, 'admins is no field of a deployment.'],
  ['a pool of nobody', { suppliers: [] }, 'pools[0].supplier must be the name of one of the suppliers.'],
  [
    'a driver',
    { pools: [{ ...deployment.pools[1], driver: 'magic' }] },
    'pools[0].driver must be slurm, open-computing or manual.',
  ],
  [
    'a cluster without host',
    { pools: [{ ...deployment.pools[0], settings: { ...cluster, host: undefined } }] },
    /^pools\[0\]\.settings\.host is not what the driver takes: .*\.$/,
  ],
  [
    'uids of others',
    { pools: [{ ...deployment.pools[0], settings: { ...cluster, uidRange: { from: 2000, to: 3000 } } }] },
    'pools[0].settings.uidRange.from must be 10000 or more.',
  ],
  [
    'a key that is none',
    { payments: [{ ...deployment.payments[0], privateKey: 'hush-hush' }] },
    'payments[0].privateKey must be an RSA private key, PKCS#8 or PKCS#1.',
  ],
  [
    'a seller that is not there',
    { sms: [{ ...deployment.sms[0], seller: 'nobody' }] },
    'sms[0].seller must be the code of a storefront that is there.',
  ],
])('a wrong field stops it with a sentence and changes nothing: %s', async (_case, change, sentence) => {
  const { status, stdout, stderr } = await setUp({ ...deployment, ...change });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr.trim()).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
  expect(stderr).not.toContain('hush-hush');
  expect((await written()).flat()).toEqual([]);
});

test('an empty database becomes a platform: its storefront answers and the admin signs in; again is nothing', async () => {
  const first = await setUp(deployment);
  expect([first.status, first.stderr]).toEqual([0, '']);
  const password = /^password of 13912345678, shown this once: (\S{16})$/m.exec(first.stdout)![1]!;
  const session = await api.anonymous().get('/session');
  expect(session.body).toMatchObject({
    storefront: { code: 'yunchuan', name: { zh: '云川' }, colour: '#224466' },
  });
  const admin = api.anonymous();
  const signedIn = await admin.post('/sign-in/password', { phone: '13912345678', password });
  expect(signedIn.status).toBe(200);
  expect(signedIn.body).toMatchObject({ organisation: { kind: 'platform', roles: ['admin'] } });
  const titles = await world.sql(
    `select ledger.titles(id) from organisation where kind = 'platform' and name = ?`,
    [deployment.platform.name],
  );
  expect(titles.length).toBeGreaterThan(10);

  const before = await written();
  const second = await setUp(deployment);
  expect(second).toEqual({ status: 0, stdout: 'set up: everything is as the file says\n', stderr: '' });
  expect(await written()).toEqual(before);
}, 60_000);

test('an existing cluster is a managed pool, as its driver reads it; keys are sealed', async () => {
  const rows = await world.sql<Record<'id' | 'code' | 'state' | 'sealed' | 'callback', string>>(
    'select id, code, state, settings_sealed as sealed, callback_code as callback from pool order by code',
  );
  expect(rows.map(({ code, state }) => [code, state])).toEqual([
    ['north', 'managed'],
    ['north-hand', 'managed'],
    ['qingyun', 'managed'],
  ]);
  const open = (index: number): unknown => {
    const { id, sealed } = rows[index]!;
    const place = { table: 'pool', column: 'settings_sealed', id };
    return JSON.parse(world.secrets.open(sealed, place).reveal()) as unknown;
  };
  expect(readPool(open(0))).toEqual(cluster);
  expect(open(2)).toMatchObject({
    baseUrl: 'https://api.qingyun.example/v1',
    callbackUrl: `http://127.0.0.1:8080/callback/open-computing/${rows[2]!.callback}`,
  });
  expect(JSON.stringify(await written())).not.toMatch(/PRIVATE KEY|sms-secret-word/);
});

test('a later file changes what it names; rates only from a day to come', async () => {
  const { platform } = deployment;
  const taxed = (from?: string) => ({
    ...deployment,
    platform: { ...platform, name: '云川集团', taxpayer: { kind: 'general', rate: '0.09', from } },
    payments: [{ ...deployment.payments[0], appId: '2021000000000002' }],
  });
  const before = await written();
  for (const [from, problem] of [
    [undefined, 'is missing: kind or rate changes, so say from which day.'],
    ['2026-01-01', 'must be a day to come: what is booked keeps its rate.'],
  ] as const) {
    const { status, stderr } = await setUp(taxed(from));
    expect([status, stderr]).toEqual([1, `platform.taxpayer.from ${problem}\n`]);
  }
  expect(await written()).toEqual(before);
  const later = await setUp(taxed('2090-01-01'), { KBOSS_ADMIN_PASSWORD: 'not-used-any-more' });
  expect(later.stdout).toMatch(/云川集团\n.*general 0\.09\n.*2021000000000002\n$/);
  const [sold] = await world.sql<{ id: string }>(`select id from organisation where kind = 'platform'`);
  const binding = await world.worker.asSystem('test', (em) =>
    readBinding(em, world.secrets, { sellerId: sold!.id }, 'http://127.0.0.1:8080'),
  );
  expect(binding!.alipay).toMatchObject({
    appId: '2021000000000002',
    appPrivateKey: rsa.privateKey.export(pem),
  });
}, 60_000);

test('production takes neither sandboxes nor a file that is no JSON, and shows nothing of either', async () => {
  const env = {
    NODE_ENV: 'production',
    KBOSS_PUBLIC_URL: 'https://kboss.example',
    KBOSS_SECRET_KEYS: `k:${Buffer.alloc(32, 3).toString('base64')}`,
  };
  const sandboxed = { ...deployment.payments[0], gatewayUrl: 'http://127.0.0.1:8090/alipay' };
  expect((await setUp({ ...deployment, payments: [sandboxed] }, env)).stderr).toBe(
    'payments[0].gatewayUrl is a sandbox or not https, which production refuses.\n',
  );
  expect((await setUp('{"privateKey": hush', env)).stderr).toBe('- is no JSON.\n');
});
