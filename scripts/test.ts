/**
 * `npm test`: every check and every tier of tests, on the servers that it starts itself. The last line is
 * `tests: N passed, N failed`, in which a check counts as one test; the exit code is 0 when none failed.
 *
 *     npm test -- --only checks,domain     some of them
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startShared, stopShared } from '../test/support/shared-servers.ts';
import { ensurePackages, systemPackages } from './install-packages.ts';
import { runChecks } from './test/checks.ts';
import { endTools } from './test/tool.ts';
import { runTiers, tiers } from './test/tiers.ts';
import { printSummary, type Outcome } from './test/summary.ts';

const work = mkdtempSync(join(tmpdir(), 'kboss-gate-'));
const only = process.argv.includes('--only') ? (process.argv.at(-1) ?? '').split(',') : undefined;
const isWanted = (name: string): boolean => only?.includes(name) ?? true;
const wantedTiers = tiers.filter(isWanted);

let ending: Promise<never> | undefined;
function end(code: number): Promise<never> {
  ending ??= (async () => {
    endTools();
    await stopShared();
    rmSync(work, { recursive: true, force: true });
    process.exit(code);
  })();
  return ending;
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(130));
process.on('disconnect', () => void end(130));

const say = (sentence: string): void => console.log(sentence);
await ensurePackages(systemPackages.tests, join(work, 'apt.log'), say);
const outcomes: Outcome[] = [];
if (isWanted('checks')) outcomes.push(...(await runChecks()));
if (wantedTiers.length > 0) outcomes.push(...(await runTests()));
const failed = printSummary(outcomes);
await end(failed === 0 && outcomes.length > 0 ? 0 : 1);

async function runTests(): Promise<Outcome[]> {
  const began = performance.now();
  try {
    if (wantedTiers.some((tier) => tier !== 'domain'))
      await startShared('postgres', 'temporal', 'time-skipping');
  } catch (error) {
    console.error(error);
    const seconds = (performance.now() - began) / 1000;
    return [{ tier: 'servers', name: 'the servers of the tests start', passed: false, seconds }];
  }
  return runTiers(wantedTiers, work);
}
