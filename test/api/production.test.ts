import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDatabase, type Database } from '../../db/database.ts';
import { insert } from '../../db/seeds/insert.ts';
import { secretBox, type SecretBox } from '../../db/secrets.ts';
import { developmentSecretKeys } from '../../domain/configuration.ts';
import { openDependencies } from '../../workers/dependencies.ts';
import { refuseSandboxes } from '../../workers/refuse-sandboxes.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let worker: Database;
const secrets: SecretBox = secretBox(developmentSecretKeys);
const at = new Date('2026-11-25T00:00:00Z');

beforeAll(async () => {
  database = await aDatabase();
  worker = await openDatabase(database.workerUrl, 2);
});
afterAll(async () => {
  await worker.close();
  await database.drop();
});

async function start(): Promise<void> {
  const { dependencies, close } = await openDependencies({
    workerDatabaseUrl: database.workerUrl,
    secretKeys: developmentSecretKeys,
    production: true,
    publicUrl: 'https://kboss.example.cn',
  });
  try {
    await refuseSandboxes(dependencies);
  } finally {
    await close();
  }
}

test('a production worker names the binding that leads to a sandbox and does not start with it', async () => {
  await expect(start()).resolves.toBeUndefined();
  const platform = await worker.asSystem('test', (em) =>
    insert(em, 'organisation', {
      number: 'C20261125-PR0DUCT1',
      kind: 'platform',
      name: '开元云',
      created_at: at,
    }),
  );
  const sms = await worker.asSystem('test', (em) =>
    insert(em, 'sms_binding', {
      organisation_id: platform,
      channel: 'aliyun',
      endpoint: 'http://127.0.0.1:8090',
      access_key_id: 'id',
      access_key_secret_sealed: secrets.seal('x', { table: 'sms_binding', column: 'x', id: '1' }),
      sign_name: '开元云',
      templates: {},
      created_at: at,
    }),
  );
  await expect(start()).rejects.toThrow(/sms aliyun of 开元云.*127\.0\.0\.1:8090.*refuses/);
  await worker.asSystem('test', (em) =>
    em.execute(`update sms_binding set endpoint = 'https://dysmsapi.aliyuncs.com' where id = ?`, [sms]),
  );
  await expect(start()).resolves.toBeUndefined();
});
