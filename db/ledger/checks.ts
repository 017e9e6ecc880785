import type { Query } from './books.ts';
import { sqlChecks } from './check-rules.ts';
import { expandAgain } from './expand-again.ts';

export interface CheckResult {
  readonly id: string;
  readonly rule: { readonly zh: string; readonly en: string };
  readonly state: 'clean' | 'broken' | 'not-applicable';
  /** The first violations, one sentence each. */
  readonly violations: readonly string[];
  readonly milliseconds: number;
}

const mostViolations = 20;

/** Runs all checks, as the audit role. `templates: false` leaves out the expansion of every voucher once more. */
export async function checkLedger(
  query: Query,
  options: { templates?: boolean } = {},
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { id, rule, sql } of sqlChecks) {
    results.push(
      await timed(id, rule, async () => {
        const rows = await query<{ violation: string }>(`${sql} LIMIT ${mostViolations}`, []);
        return rows.map(({ violation }) => violation);
      }),
    );
  }
  if (options.templates !== false) {
    const rule = { zh: '按模板与输入重算，金额一致', en: 'Templates and inputs give the amounts again' };
    results.push(await timed('C5-templates', rule, () => expandAgain(query, mostViolations)));
  }
  results.push({
    id: 'C10',
    rule: { zh: '资金账户与外部对账单一致', en: 'Cash accounts agree with imported statements' },
    state: 'not-applicable',
    violations: [],
    milliseconds: 0,
  });
  return results;
}

async function timed(
  id: string,
  rule: CheckResult['rule'],
  run: () => Promise<readonly string[]>,
): Promise<CheckResult> {
  const began = performance.now();
  const violations = await run();
  const state = violations.length === 0 ? 'clean' : 'broken';
  return { id, rule, state, violations, milliseconds: Math.round(performance.now() - began) };
}
