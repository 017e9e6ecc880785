export interface Outcome {
  tier: string;
  name: string;
  passed: boolean;
  seconds: number;
  /** Time that belongs to a tier but to none of its tests. */
  isOverhead?: boolean;
}

/** Prints time by tier, the slowest tests, what failed, and the closing line. Answers how many failed. */
export function printSummary(outcomes: readonly Outcome[]): number {
  const tests = outcomes.filter((outcome) => !outcome.isOverhead);
  console.log('\nseconds per tier (summed over both cores)');
  for (const tier of new Set(outcomes.map((outcome) => outcome.tier))) {
    const seconds = sum(outcomes.filter((outcome) => outcome.tier === tier));
    const count = tests.filter((outcome) => outcome.tier === tier).length;
    console.log(
      `  ${tier.padEnd(12)} ${seconds.toFixed(1).padStart(8)} s  ${String(count).padStart(5)} tests`,
    );
  }
  console.log('\nten slowest');
  const slowest = tests.toSorted((one, other) => other.seconds - one.seconds).slice(0, 10);
  for (const test of slowest) console.log(`  ${test.seconds.toFixed(1).padStart(7)} s  ${test.name}`);
  const failed = tests.filter((outcome) => !outcome.passed);
  if (failed.length > 0) console.log('\nfailed');
  for (const test of failed) console.log(`  ✗ ${test.tier}: ${test.name}`);
  console.log(`\ntests: ${tests.length - failed.length} passed, ${failed.length} failed`);
  return failed.length;
}

function sum(outcomes: readonly Outcome[]): number {
  return outcomes.reduce((total, outcome) => total + outcome.seconds, 0);
}
