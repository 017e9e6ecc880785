import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive, type ProcessRecord } from '../process-table.ts';
import { namespaceOf } from './fence.ts';
import { systemState } from './layout.ts';

/**
 * Ends what a stop of the servers leaves: jobs and shells of customers. They stand in the fence's network namespace, or
 * carry our directory in their environment (after an earlier fence whose holder was killed).
 */
export async function endRemains(root: string, holder?: ProcessRecord): Promise<void> {
  const network = holder && isAlive(holder) ? namespaceOf(holder.pid, 'net') : undefined;
  const remains = () =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => pid !== process.pid && pid !== holder?.pid)
      .filter((pid) => (network !== undefined && namespaceOf(pid, 'net') === network) || carries(pid, root));
  const deadline = performance.now() + 10_000;
  for (let left = remains(); left.length > 0 && performance.now() < deadline; left = remains()) {
    for (const pid of left) kill(pid);
    await delay(20);
  }
}

/** Removes clusters whose state directory is gone, as after a test run that was killed. */
export async function removeAbandoned(): Promise<void> {
  if (!existsSync(systemState)) return;
  for (const name of readdirSync(systemState).filter((one) => one.startsWith('slurm-'))) {
    const root = join(systemState, name);
    const note = join(root, 'state-directory');
    if (!existsSync(note) || existsSync(readFileSync(note, 'utf8'))) continue;
    await endRemains(root);
    rmSync(root, { recursive: true, force: true });
  }
}

function carries(pid: number, root: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`SLURM_CONF=${root}/`);
  } catch {
    return false;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone meanwhile.
  }
}
