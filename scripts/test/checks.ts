import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from './summary.ts';
import { root, runTool, type ToolOutcome } from './tool.ts';

const bin = (path: string): string => join(root, 'node_modules', path);
const web = join(root, 'web');

/** Everything that is not a jest test. Each counts as one test. */
const checks: Record<string, () => Promise<ToolOutcome>> = {
  types: () => runTool([bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json']),
  lint: () => runTool([bin('eslint/bin/eslint.js'), '.']),
  'web build': () =>
    runTool([bin('vite/bin/vite.js'), 'build'], { cwd: web, env: { NODE_ENV: 'production' } }),
  'web types': () => runTool([bin('svelte-check/bin/svelte-check'), '--fail-on-warnings'], { cwd: web }),
  format: () => runTool([bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']),
  generated: generatedIsCurrent,
  'unused code': () => runTool([bin('knip/bin/knip.js'), '--no-progress']),
};

/** Two at a time, the long ones first. The site is built before its types are checked: both generate files. */
export async function runChecks(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const run = async (names: string[]): Promise<void> => {
    for (const name of names) {
      const { code, output, seconds } = await checks[name]!();
      console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`);
      if (code !== 0) console.log(output.trimEnd());
      outcomes.push({ tier: 'checks', name, passed: code === 0, seconds });
    }
  };
  await run(['generated']);
  await Promise.all([run(['web build', 'web types', 'unused code']), run(['types', 'lint', 'format'])]);
  return outcomes;
}

const generatedFiles = ['api/openapi.json', 'web/src/lib/api/schema.d.ts'];

/** Generates again and compares: a contract or client that was not generated from the routes is an error. */
async function generatedIsCurrent(): Promise<ToolOutcome> {
  const read = (): string[] =>
    generatedFiles.map((file) =>
      existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '',
    );
  const before = read();
  const outcome = await runTool(['scripts/generate.ts']);
  const after = read();
  const changed = generatedFiles.filter((_file, index) => before[index] !== after[index]);
  if (outcome.code !== 0 || changed.length === 0) return outcome;
  return { ...outcome, code: 1, output: `not as generated, run "npm run generate": ${changed.join(', ')}` };
}
