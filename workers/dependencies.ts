import type { Dependencies } from '../activities/dependencies.ts';
import { manualDriver } from '../activities/drivers/manual.ts';
import { openComputingDriver } from '../activities/drivers/open-computing/driver.ts';
import { SlurmDriver } from '../activities/drivers/slurm/driver.ts';
import type { Configuration } from '../domain/configuration.ts';
import { openDatabase } from '../db/database.ts';
import { openLedger } from '../db/ledger/ledger.ts';
import { secretBox } from '../db/secrets.ts';

/** Opens everything the activities of a worker process work with; `close` gives it back. */
export async function openDependencies(
  configuration: Pick<Configuration, 'workerDatabaseUrl' | 'secretKeys' | 'production' | 'publicUrl'>,
): Promise<{ dependencies: Dependencies; close(): Promise<void> }> {
  const database = await openDatabase(configuration.workerDatabaseUrl, 20);
  const ledger = openLedger(configuration.workerDatabaseUrl);
  const slurm = new SlurmDriver();
  return {
    dependencies: {
      database,
      ledger,
      secrets: secretBox(configuration.secretKeys),
      drivers: { slurm, 'open-computing': openComputingDriver, manual: manualDriver },
      production: configuration.production,
      publicUrl: configuration.publicUrl,
    },
    async close() {
      await slurm.disconnect();
      await ledger.close();
      await database.close();
    },
  };
}
