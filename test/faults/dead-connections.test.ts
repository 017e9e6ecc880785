import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { openDatabase, type Database } from '../../db/database.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait.ts';

let server: TestDatabase;
let database: Database;
let admin: pg.Client;

beforeAll(async () => {
  server = await aDatabase();
  database = await openDatabase(server.workerUrl, 2);
  admin = new pg.Client({ connectionString: server.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await database.close();
  await admin.end();
  await server.drop();
});

const ask = () => database.asSystem('test', (em) => em.execute<{ one: number }[]>('select 1 as one'));
const sleepers = async () => {
  const { rows } = await admin.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and usename = 'kboss_worker'
       and state = 'active' and query like '%pg_sleep%'`,
  );
  return rows.map(({ pid }) => pid);
};

test('a pool whose connections the server ended in the middle of transactions goes on with new ones', async () => {
  for (let round = 1; round <= 3; round += 1) {
    const sleeping = [1, 2].map(() => database.asSystem('test', (em) => em.execute('select pg_sleep(30)')));
    const ends = Promise.allSettled(sleeping);
    await waitFor('two transactions', async () => (await sleepers()).length === 2);
    await admin.query('select pg_terminate_backend(pid) from unnest($1::int[]) pid', [await sleepers()]);
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await waitFor('their end', async () => (await sleepers()).length === 0);
  }
  const answer = await Promise.race([ask(), delay(5_000, 'the pool is stuck', { ref: false })]);
  expect(answer).toEqual([{ one: 1 }]);
});
