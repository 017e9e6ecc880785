import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { connectionUrl } from '../../db/connection-url.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await aDatabase();
  client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

test('no role that signs in, but the backup, sees past row level security or owns anything', async () => {
  const { rows } = await client.query<{ name: string; login: boolean; bypass: boolean; superuser: boolean }>(
    `select rolname as name, rolcanlogin as login, rolbypassrls as bypass, rolsuper as superuser
     from pg_roles where rolname like 'kboss%' order by 1`,
  );
  expect(rows.filter((role) => role.login).map((role) => role.name)).toEqual([
    'kboss_api',
    'kboss_audit',
    'kboss_backup',
    'kboss_worker',
  ]);
  expect(rows.filter((role) => role.bypass || role.superuser).map((role) => role.name)).toEqual([
    'kboss_backup',
  ]);
  const owners = await client.query<{ owner: string }>(
    `select distinct r.rolname as owner from pg_class c join pg_roles r on r.oid = c.relowner
     where c.relnamespace = 'public'::regnamespace
       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`,
  );
  expect(owners.rows.filter(({ owner }) => !['kboss_owner', 'kboss_ledger'].includes(owner))).toEqual([]);
});

test('every table stands under forced row level security', async () => {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> 'migration'
       and not (relrowsecurity and relforcerowsecurity) and relpersistence <> 'u' and not relispartition`,
  );
  expect(rows).toEqual([]);
});

test('a role of the product cannot create tables, and a wrong password means no entry', async () => {
  const api = new pg.Client({ connectionString: database.apiUrl });
  await api.connect();
  await expect(api.query('create table stray (id int)')).rejects.toThrow('permission denied');
  await api.end();
  const stranger = new pg.Client({
    connectionString: connectionUrl(database.adminUrl, { password: 'postgres' }),
  });
  await expect(stranger.connect()).rejects.toThrow('password authentication failed');
});
