import pg from 'pg';
import { connectionUrl } from './connection-url.ts';

/** Passwords of the roles that sign in. A role without one here keeps the password that it has. */
export interface RolePasswords {
  kboss_api?: string;
  kboss_worker?: string;
  kboss_audit?: string;
  kboss_backup?: string;
}

/**
 * All roles of a server. Migrations never create roles: cloned test databases would race for them. None but
 * the backup may see past row level security, and none but the owner may change a table.
 */
const roles = {
  kboss_owner: 'NOLOGIN',
  kboss_ledger: 'NOLOGIN',
  kboss_definer: 'NOLOGIN',
  kboss_api: 'LOGIN CONNECTION LIMIT 100',
  kboss_worker: 'LOGIN CONNECTION LIMIT 100',
  kboss_audit: 'LOGIN CONNECTION LIMIT 10',
  kboss_backup: 'LOGIN CONNECTION LIMIT 4',
} as const;

/**
 * Makes roles and database what the migrations expect. May be run at any time, by several at once, and changes
 * nothing that is already right. Needs a superuser, or on a hosted server a role with CREATEROLE and CREATEDB.
 *
 * @param adminUrl any database of the server, as that role
 * @returns the address of the database as that role
 */
export async function bootstrap(
  adminUrl: string,
  database: string,
  passwords: RolePasswords,
): Promise<string> {
  await withClient(adminUrl, async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('kboss bootstrap'))`);
    await requireVersion(client);
    await makeRoles(client, passwords);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (!rowCount) {
      await client.query(
        `create database ${pg.escapeIdentifier(database)} owner kboss_owner template template0`,
      );
    }
  });
  const databaseUrl = connectionUrl(adminUrl, { database });
  await withClient(databaseUrl, (client) => openDatabaseToRoles(client, database));
  return databaseUrl;
}

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  );
  const version = rows[0]?.version ?? 0;
  if (version < 180_000) {
    throw new Error(`PostgreSQL 18 or newer is needed, the server is ${Math.floor(version / 10_000)}.`);
  }
}

async function makeRoles(client: pg.Client, passwords: RolePasswords): Promise<void> {
  const { rows } = await client.query<{ superuser: boolean }>(
    'select rolsuper as superuser from pg_roles where rolname = current_user',
  );
  const isSuperuser = rows[0]?.superuser ?? false;
  for (const [role, login] of Object.entries(roles)) {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
    if (!rowCount) await client.query(`create role ${role}`);
    const bypass = role === 'kboss_backup' ? 'BYPASSRLS' : 'NOBYPASSRLS';
    const powers = isSuperuser ? `NOSUPERUSER ${bypass}` : '';
    await client.query(`alter role ${role} ${login} NOCREATEDB NOCREATEROLE NOREPLICATION ${powers}`);
    const password = passwords[role as keyof RolePasswords];
    if (password) await client.query(`alter role ${role} password ${pg.escapeLiteral(password)}`);
  }
  // Migrations run as the owner and hand tables and functions over to these two.
  await client.query('grant kboss_ledger, kboss_definer to kboss_owner');
  if (!isSuperuser) await client.query('grant kboss_owner to current_user');
  // The right to read every table there will ever be; row level security still asks for a policy (audit).
  await client.query('grant pg_read_all_data to kboss_audit, kboss_backup');
  // The worker runs the checks of the ledger over all books: it may become the auditor, and is not it unasked.
  await client.query('grant kboss_audit to kboss_worker with inherit false, set true');
  await client.query(`alter role kboss_audit set default_transaction_read_only = on`);
}

async function openDatabaseToRoles(client: pg.Client, database: string): Promise<void> {
  const name = pg.escapeIdentifier(database);
  await client.query(`
    begin;
    select pg_advisory_xact_lock(hashtext('kboss bootstrap'));
    revoke all on database ${name} from public;
    grant connect on database ${name} to kboss_api, kboss_worker, kboss_audit, kboss_backup;
    grant connect, temporary on database ${name} to kboss_worker;
    alter database ${name} set timezone = 'UTC';
    alter schema public owner to kboss_owner;
    revoke create on schema public from public;
    grant usage on schema public to kboss_api, kboss_worker, kboss_audit, kboss_backup;
    grant usage, create on schema public to kboss_ledger, kboss_definer;
    create extension if not exists btree_gist;
    create extension if not exists pg_trgm;
    commit;
  `);
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
