import { ConfigurationError, readConfiguration } from '../domain/configuration.ts';
import { bootstrap } from './bootstrap.ts';
import { migrate } from './migrate.ts';

/**
 * `npm run migrate`: roles, database and schema for a deployment of parts. Reads DATABASE_ADMIN_URL (whose path
 * names the database; it need not exist) and takes the passwords of the two roles from DATABASE_URL and
 * DATABASE_WORKER_URL. May be run again at any time, and before every new version.
 */
async function main(): Promise<void> {
  const configuration = readConfiguration(process.env, 'migrate');
  const admin = new URL(configuration.adminDatabaseUrl);
  const database = decodeURIComponent(admin.pathname.slice(1)) || 'kboss';
  // The database may have to be made first, so the bootstrap begins in the one that is always there.
  const server = new URL(admin);
  server.pathname = '/postgres';
  const { auditPassword, backupPassword } = configuration;
  const url = await bootstrap(server.href, database, {
    kboss_api: passwordOf('DATABASE_URL', configuration.databaseUrl, 'kboss_api'),
    kboss_worker: passwordOf('DATABASE_WORKER_URL', configuration.workerDatabaseUrl, 'kboss_worker'),
    ...(auditPassword && { kboss_audit: auditPassword }),
    ...(backupPassword && { kboss_backup: backupPassword }),
  });
  const executed = await migrate(url);
  for (const name of executed) console.log(`applied ${name}`);
  console.log(`database ${database} is up to date`);
}

function passwordOf(variable: string, url: string, role: string): string {
  const { username, password } = new URL(url);
  if (username !== role) {
    throw new ConfigurationError(variable, `must sign in as ${role}, it names ${username || 'nobody'}.`);
  }
  if (!password) throw new ConfigurationError(variable, `holds no password for ${role}.`);
  return decodeURIComponent(password);
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
