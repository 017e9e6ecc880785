import { join } from 'node:path';
import { isAlive, readRecords } from '../servers/process-table.ts';
import { say } from './report.ts';

/** A server whose process is looked at, and how it is started again where it was. */
export interface KeptServer {
  name: 'postgres' | 'temporal';
  startAgain(): Promise<unknown>;
}

/**
 * Starts PostgreSQL and Temporal again, at the same addresses, when they end unasked: api and workers wait for
 * them and go on. Gives up after the third failure in a row.
 *
 * @returns ends the watching; call it before anything is stopped
 */
export function keepServers(
  state: string,
  servers: readonly KeptServer[],
  giveUp: (reason: string) => void,
): () => void {
  const run = join(state, 'run');
  let failures = 0;
  let isBusy = false;
  const look = async (): Promise<void> => {
    const records = readRecords(run);
    for (const server of servers) {
      const record = records.find(({ name }) => name === server.name);
      if (record && isAlive(record)) continue;
      say(`${server.name} ended and is started again`);
      try {
        await server.startAgain();
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures >= 3) giveUp(`${server.name} cannot be started again: ${(error as Error).message}`);
      }
    }
  };
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    void look().finally(() => (isBusy = false));
  }, 500);
  return () => clearInterval(timer);
}
