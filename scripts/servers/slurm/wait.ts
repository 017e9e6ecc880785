import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Waits until something is a fact; after `milliseconds` throws `what never …`, with the end of a log if named. */
export async function waitUntil(
  what: string,
  isFact: () => boolean | Promise<boolean>,
  options: { milliseconds?: number; every?: number; log?: string } = {},
): Promise<void> {
  const deadline = performance.now() + (options.milliseconds ?? 30_000);
  while (!(await isFact())) {
    if (performance.now() > deadline) throw new Error(`${what} did not happen in time${endOf(options.log)}`);
    await delay(options.every ?? 15);
  }
}

/** Whether a port is listened on in the network namespace of a process; nothing is connected to. */
export function isListening(pid: number, port: number): boolean {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  try {
    const lines = readFileSync(`/proc/${pid}/net/tcp`, 'utf8').split('\n').slice(1);
    return lines.map((line) => line.trim().split(/\s+/)).some((f) => f[1]?.endsWith(wanted) && f[3] === '0A');
  } catch {
    return false;
  }
}

function endOf(log: string | undefined): string {
  if (!log) return '';
  try {
    return `; the end of ${log}:\n${readFileSync(log, 'utf8').trimEnd().split('\n').slice(-12).join('\n')}`;
  } catch {
    return ` (no log at ${log})`;
  }
}
