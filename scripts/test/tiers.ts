import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from './summary.ts';
import { root, runTool } from './tool.ts';

/** Folders of `test/`, cheap before dear. */
export const tiers = [
  'domain',
  'ledger',
  'workflows',
  'drivers',
  'gateways',
  'api',
  'faults',
  'running',
  'e2e',
] as const;
type Tier = (typeof tiers)[number];

/** These kill servers or start the whole product, and have the machine for themselves. */
const alone: readonly Tier[] = ['faults', 'running', 'e2e'];

interface JestReport {
  testResults: {
    name: string;
    status: string;
    message: string;
    startTime: number;
    endTime: number;
    assertionResults: { fullName: string; status: string; duration?: number | null }[];
  }[];
}

/** Runs the tiers that have tests: the broad ones in one go on both cores, then the others one by one. */
export async function runTiers(wanted: readonly Tier[], work: string): Promise<Outcome[]> {
  const present = wanted.filter((tier) => existsSync(join(root, 'test', tier)));
  const broad = present.filter((tier) => !alone.includes(tier));
  const outcomes: Outcome[] = [];
  if (broad.length > 0) outcomes.push(...(await runJest(broad, work, ['--maxWorkers=2'])));
  for (const tier of present.filter((one) => alone.includes(one))) {
    outcomes.push(...(await runJest([tier], work, ['--runInBand'])));
  }
  return outcomes;
}

async function runJest(chosen: readonly Tier[], work: string, more: string[]): Promise<Outcome[]> {
  const report = join(work, `${chosen.join('-')}.json`);
  const { code, seconds } = await runTool(
    [
      '--experimental-vm-modules',
      join(root, 'node_modules/jest/bin/jest.js'),
      ...['--selectProjects', ...chosen],
      ...['--json', `--outputFile=${report}`, '--passWithNoTests', ...more],
    ],
    // With --json the report would also go to standard output, which is for people.
    { show: 'stderr' },
  );
  if (!existsSync(report)) return [{ tier: chosen.join(', '), name: 'jest itself', passed: false, seconds }];
  const outcomes = (JSON.parse(readFileSync(report, 'utf8')) as JestReport).testResults.flatMap(outcomesOf);
  // A run that failed beside its tests (a set-up, a leak) must not pass unseen.
  if (code !== 0 && outcomes.every((outcome) => outcome.passed)) {
    outcomes.push({ tier: chosen.join(', '), name: 'jest itself', passed: false, seconds });
  }
  return outcomes;
}

function outcomesOf(file: JestReport['testResults'][number]): Outcome[] {
  const path = file.name.slice(root.length + 1);
  const tier = path.split('/')[1] ?? '';
  const tests = file.assertionResults.map((test) => ({
    tier,
    name: `${path}: ${test.fullName}`,
    // A skipped test is a failed one: nothing may be switched off.
    passed: test.status === 'passed',
    seconds: (test.duration ?? 0) / 1000,
  }));
  const whole = (file.endTime - file.startTime) / 1000;
  const own = tests.reduce((sum, test) => sum + test.seconds, 0);
  const rest = { tier, name: `${path} (set-up)`, seconds: Math.max(0, whole - own), isOverhead: true };
  if (file.status === 'failed' && tests.every((test) => test.passed)) {
    return [...tests, { ...rest, passed: false, isOverhead: false }];
  }
  return [...tests, { ...rest, passed: true }];
}
