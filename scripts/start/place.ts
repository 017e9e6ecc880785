import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  isAlive,
  readRecords,
  removeRecord,
  startTimeOf,
  writeRecord,
  type ProcessRecord,
} from '../servers/process-table.ts';
import { stopAll } from '../servers/stop.ts';
import { say } from './report.ts';

/**
 * Makes this process the only supervisor of the state directory. What a killed one left of our own processes
 * is ended, since it was started for other addresses; PostgreSQL, Temporal and clusters that still run are
 * taken over by their own start.
 */
export async function takePlace(state: string): Promise<void> {
  const run = join(state, 'run');
  const other = readRecords(run).find((record) => record.name === 'supervisor');
  if (other && other.pid !== process.pid && isAlive(other)) {
    const file = join(state, 'addresses.json');
    const site = existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8')) as { site?: string }).site
      : undefined;
    throw new Error(`it runs already (process ${other.pid}${site ? `, ${site}` : ''}).`);
  }
  await stopAll(
    run,
    { milliseconds: 3_000 },
    (sentence) => say(`left from an earlier start: ${sentence}`),
    (record) => {
      return record.stopOrder <= 30 && record.name !== 'supervisor';
    },
  );
  writeRecord(run, ours());
}

/** The last thing before the end: from now on another start may take over. */
export function leavePlace(state: string): void {
  removeRecord(join(state, 'run'), ours());
}

function ours(): ProcessRecord {
  const { pid } = process;
  return { name: 'supervisor', pid, startTime: startTimeOf(pid) ?? '', stopOrder: 0, stopSignal: 'SIGTERM' };
}
