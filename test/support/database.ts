import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { connectionUrl } from '../../db/connection-url.ts';
import { templateDatabase } from './shared-servers.ts';

export interface TestDatabase {
  name: string;
  /** Superuser; also for assertions that must see every row. */
  adminUrl: string;
  apiUrl: string;
  workerUrl: string;
  auditUrl: string;
  drop(): Promise<void>;
}

/** A database of its own for a test file: a clone of the migrated template, made in about 15 ms. */
export async function aDatabase(): Promise<TestDatabase> {
  const serverUrl = required('KBOSS_TEST_PG_ADMIN_URL');
  const password = required('KBOSS_TEST_PG_ROLE_PASSWORD');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await execute(serverUrl, `create database ${name} template ${templateDatabase} strategy file_copy`);
  const as = (user: string): string => connectionUrl(serverUrl, { database: name, user, password });
  return {
    name,
    adminUrl: connectionUrl(serverUrl, { database: name }),
    apiUrl: as('kboss_api'),
    workerUrl: as('kboss_worker'),
    auditUrl: as('kboss_audit'),
    drop: () => execute(serverUrl, `drop database if exists ${name} with (force)`),
  };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: this tier's global setup starts no PostgreSQL`);
  return value;
}
