import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap } from '../../../db/bootstrap.ts';
import { migrate } from '../../../db/migrate.ts';
import { templateDatabase } from '../../../test/support/shared-servers.ts';
import { startPostgres } from '../../servers/postgres.ts';
import { readRecords } from '../../servers/process-table.ts';
import { stopAll } from '../../servers/stop.ts';
import { startTemporal } from '../../servers/temporal.ts';
import { watchThisProcess } from '../../servers/watch.ts';

/** PostgreSQL that waits for its disk, and Temporal, both new; the builders of the tests find them in the environment. */
export async function startServers(): Promise<{
  stateDirectory: string;
  /** Where a server listens, and the process to kill. */
  postgres(): { pid: number; port: number };
  temporal(): { pid: number; port: number };
  stop(): Promise<void>;
}> {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'kboss-bench-'));
  chmodSync(stateDirectory, 0o711);
  watchThisProcess(stateDirectory, true);
  const postgres = await startPostgres({ stateDirectory });
  const password = randomBytes(12).toString('hex');
  const roles = ['kboss_api', 'kboss_worker', 'kboss_audit', 'kboss_backup'];
  const passwords = Object.fromEntries(roles.map((role) => [role, password]));
  await migrate(await bootstrap(postgres.adminUrl, templateDatabase, passwords));
  const temporal = await startTemporal({ stateDirectory });
  process.env.KBOSS_TEST_PG_ADMIN_URL = postgres.adminUrl;
  process.env.KBOSS_TEST_PG_ROLE_PASSWORD = password;
  process.env.KBOSS_TEST_TEMPORAL_ADDRESS = temporal.address;
  process.env.KBOSS_TEST_TEMPORAL_NAMESPACE = temporal.namespace;
  const pidOf = (name: string): number =>
    readRecords(join(stateDirectory, 'run')).find((record) => record.name === name)!.pid;
  return {
    stateDirectory,
    postgres: () => ({ pid: pidOf('postgres'), port: postgres.port }),
    temporal: () => ({ pid: pidOf('temporal'), port: Number(temporal.address.split(':')[1]) }),
    async stop() {
      await stopAll(join(stateDirectory, 'run'), { milliseconds: 10_000 });
      rmSync(stateDirectory, { recursive: true, force: true });
    },
  };
}
