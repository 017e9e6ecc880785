import { bootstrap } from './bootstrap.ts';
import { migrate } from './migrate.ts';

/**
 * `npm run migrate`: roles, database and schema for a deployment of parts. Reads DATABASE_ADMIN_URL (whose path
 * names the database; it need not exist) and takes the passwords of the two roles from DATABASE_URL and
 * DATABASE_WORKER_URL. May be run again at any time, and before every new version.
 */
async function main(): Promise<void> {
  const admin = new URL(required('DATABASE_ADMIN_URL'));
  const database = decodeURIComponent(admin.pathname.slice(1)) || 'kboss';
  // The database may have to be made first, so the bootstrap begins in the one that is always there.
  const server = new URL(admin);
  server.pathname = '/postgres';
  const url = await bootstrap(server.href, database, {
    kboss_api: passwordOf('DATABASE_URL', 'kboss_api'),
    kboss_worker: passwordOf('DATABASE_WORKER_URL', 'kboss_worker'),
    ...(process.env.KBOSS_AUDIT_PASSWORD && { kboss_audit: process.env.KBOSS_AUDIT_PASSWORD }),
    ...(process.env.KBOSS_BACKUP_PASSWORD && { kboss_backup: process.env.KBOSS_BACKUP_PASSWORD }),
  });
  const executed = await migrate(url);
  for (const name of executed) console.log(`applied ${name}`);
  console.log(`database ${database} is up to date`);
}

function passwordOf(variable: string, role: string): string {
  const { username, password } = new URL(required(variable));
  if (username !== role)
    throw new Error(`${variable} must sign in as ${role}, it names ${username || 'nobody'}.`);
  if (!password) throw new Error(`${variable} holds no password for ${role}.`);
  return decodeURIComponent(password);
}

function required(variable: string): string {
  const value = process.env[variable];
  if (!value || !URL.canParse(value)) throw new Error(`${variable} is missing or no address.`);
  return value;
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
