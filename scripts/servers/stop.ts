import { setTimeout as delay } from 'node:timers/promises';
import {
  isAlive,
  isOfThisBoot,
  readRecords,
  removeRecord,
  startTimeOf,
  type ProcessRecord,
} from './process-table.ts';

export interface Patience {
  /** Milliseconds a process may take to end by itself before it is killed. */
  milliseconds: number;
}

/** PostgreSQL needs its checkpoint: it is never given less than this, however impatient the person. */
const leastForDatabase = 20_000;

/**
 * Ends one process and its whole group: asks with its signal, waits, then kills. `patience` is read anew at
 * each look, so that a second Ctrl-C shortens a wait that is already under way.
 */
export async function stopProcess(record: ProcessRecord, patience: Patience): Promise<void> {
  if (!isAlive(record)) return endLeftGroup(record);
  signalProcess(record.pid, record.stopSignal);
  const began = performance.now();
  const isDatabase = record.stopSignal === 'SIGINT';
  while (isAlive(record)) {
    const limit = isDatabase ? Math.max(leastForDatabase, patience.milliseconds) : patience.milliseconds;
    if (performance.now() - began > limit) break;
    await delay(20);
  }
  signalGroup(record.pid, 'SIGKILL');
  while (isAlive(record) && performance.now() - began < 60_000) await delay(10);
}

/** Stops everything noted in a run directory, those of one order together, the orders one after the other. */
export async function stopAll(
  runDirectory: string,
  patience: Patience,
  say: (sentence: string) => void = () => {},
  chosen: (record: ProcessRecord) => boolean = () => true,
): Promise<void> {
  const records = readRecords(runDirectory).filter(chosen);
  for (const order of new Set(records.map((record) => record.stopOrder))) {
    const together = records.filter((record) => record.stopOrder === order);
    await Promise.all(
      together.map(async (record) => {
        const began = performance.now();
        const wasAlive = isAlive(record);
        await stopProcess(record, patience);
        removeRecord(runDirectory, record);
        if (wasAlive) say(`${record.name} stopped (${((performance.now() - began) / 1000).toFixed(1)} s)`);
      }),
    );
  }
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone meanwhile: that is what was wanted.
  }
}

/** The leader is dead; what it started may live on, unless the number belongs to a stranger by now. */
function endLeftGroup(record: ProcessRecord): void {
  if (isOfThisBoot(record) && startTimeOf(record.pid) === undefined) signalGroup(record.pid, 'SIGKILL');
}

/** Whatever a server started itself shares its group; nothing of it may outlive the server. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    if (pid > 1) process.kill(-pid, signal);
  } catch {
    // Nobody left in the group.
  }
}
