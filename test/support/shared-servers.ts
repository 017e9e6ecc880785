import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap } from '../../db/bootstrap.ts';
import { migrate } from '../../db/migrate.ts';
import { startPostgres } from '../../scripts/servers/postgres.ts';
import { removeSlurm, startSlurm } from '../../scripts/servers/slurm.ts';
import { stopAll } from '../../scripts/servers/stop.ts';
import { startTemporal } from '../../scripts/servers/temporal.ts';
import { ensureTimeSkippingServer } from '../../scripts/servers/time-skipping.ts';
import { watchThisProcess } from '../../scripts/servers/watch.ts';

/** Name of the migrated database that `aDatabase` clones. */
export const templateDatabase = 'kboss_template';

/**
 * The servers which all test files of a run share: each starts at most once, its address goes to the files in
 * the environment. A run inside another one (`npm test` starts several) finds the addresses there already.
 */
export async function startShared(
  ...wanted: ('postgres' | 'temporal' | 'time-skipping' | 'slurm')[]
): Promise<void> {
  if (wanted.includes('postgres') && !process.env.KBOSS_TEST_PG_ADMIN_URL) await sharedPostgres();
  if (wanted.includes('temporal') && !process.env.KBOSS_TEST_TEMPORAL_ADDRESS) await sharedTemporal();
  if (wanted.includes('time-skipping') && !process.env.KBOSS_TEST_TIME_SKIPPING) {
    process.env.KBOSS_TEST_TIME_SKIPPING = ensureTimeSkippingServer(say);
  }
  if (wanted.includes('slurm') && !process.env.KBOSS_TEST_SLURM) await sharedSlurm();
}

export async function stopShared(): Promise<void> {
  const directory = process.env.KBOSS_TEST_DIRECTORY;
  if (!directory || process.env.KBOSS_TEST_OWNER !== String(process.pid)) return;
  if (process.env.KBOSS_TEST_SLURM) await removeSlurm(directory);
  await stopAll(join(directory, 'run'), { milliseconds: 3_000 });
  rmSync(directory, { recursive: true, force: true });
}

async function sharedPostgres(): Promise<void> {
  const { adminUrl } = await startPostgres({ stateDirectory: stateDirectory(), test: true });
  const password = randomBytes(12).toString('hex');
  const everybody = {
    kboss_api: password,
    kboss_worker: password,
    kboss_audit: password,
    kboss_backup: password,
  };
  await migrate(await bootstrap(adminUrl, templateDatabase, everybody));
  process.env.KBOSS_TEST_PG_ROLE_PASSWORD = password;
  process.env.KBOSS_TEST_PG_ADMIN_URL = adminUrl;
}

async function sharedTemporal(): Promise<void> {
  const server = await startTemporal({ stateDirectory: stateDirectory(), say });
  process.env.KBOSS_TEST_TEMPORAL_ADDRESS = server.address;
  process.env.KBOSS_TEST_TEMPORAL_NAMESPACE = server.namespace;
  process.env.KBOSS_TEST_TEMPORAL_UI_URL = server.uiUrl;
}

/** Where Slurm cannot run, the tests that need it fail with the reason and the line that would help. */
async function sharedSlurm(): Promise<void> {
  const servers = await startSlurm({ stateDirectory: stateDirectory() });
  if ('unavailable' in servers) return say(`no Slurm: ${servers.unavailable}`);
  process.env.KBOSS_TEST_SLURM = JSON.stringify(servers);
}

function stateDirectory(): string {
  const known = process.env.KBOSS_TEST_DIRECTORY;
  if (known) return known;
  const directory = mkdtempSync(join(tmpdir(), 'kboss-test-'));
  chmodSync(directory, 0o711);
  watchThisProcess(directory, true);
  process.env.KBOSS_TEST_DIRECTORY = directory;
  process.env.KBOSS_TEST_OWNER = String(process.pid);
  return directory;
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
