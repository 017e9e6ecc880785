import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stopSlurm } from '../servers/slurm.ts';
import { stopAll, type Patience } from '../servers/stop.ts';

/** Demo clusters stop between our own processes and the servers those need. */
const clusters = 45;

/**
 * Stops whatever is noted in the state directory, whoever started it: web and api, workers, sandbox, clusters,
 * Temporal, PostgreSQL. Nothing happens when nothing runs.
 */
export async function stopEverything(
  state: string,
  patience: Patience,
  say: (sentence: string) => void = () => {},
): Promise<void> {
  const run = join(state, 'run');
  await stopAll(
    run,
    patience,
    say,
    (record) => record.stopOrder < clusters - 5 && record.pid !== process.pid,
  );
  if (existsSync(join(state, 'slurm'))) {
    const began = performance.now();
    await stopSlurm(state);
    say(`demo clusters stopped (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  }
  await stopAll(run, patience, say, (record) => record.pid !== process.pid);
}
