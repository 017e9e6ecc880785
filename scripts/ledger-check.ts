import pg from 'pg';
import { checkLedger, type CheckResult } from '../db/ledger/checks.ts';
import type { Query } from '../db/ledger/books.ts';
import { runningAddresses } from './start/running.ts';

/**
 * `npm run ledger:check [-- --json]`: runs the ledger's checks against DATABASE_AUDIT_URL (the audit role), else
 * DATABASE_ADMIN_URL as that role, else the database of the running `npm start`. Ends with 1 when one is broken.
 */
async function main(): Promise<void> {
  const named = process.env.DATABASE_AUDIT_URL ?? process.env.DATABASE_ADMIN_URL;
  const url = named ?? runningAddresses()?.databaseAdminUrl;
  if (!url) {
    console.error(
      'Start the product, or set DATABASE_AUDIT_URL (role kboss_audit) to the database to check.',
    );
    process.exitCode = 2;
    return;
  }
  const results = await checkDatabase(url);
  if (process.argv.includes('--json')) console.log(JSON.stringify(results, null, 2));
  else printChecks(results);
  if (results.some(({ state }) => state === 'broken')) process.exitCode = 1;
}

/** Runs the checks in one snapshot, read-only, as kboss_audit whoever signs in. */
export async function checkDatabase(url: string): Promise<CheckResult[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      "begin isolation level repeatable read read only; set local role kboss_audit; set local work_mem = '64MB'",
    );
    const query: Query = async <Row>(text: string, values: unknown[]) =>
      (await client.query(text, values)).rows as Row[];
    return await checkLedger(query);
  } finally {
    await client.end();
  }
}

function printChecks(results: readonly CheckResult[]): void {
  const mark = { clean: 'ok', broken: 'BROKEN', 'not-applicable': '-' };
  for (const { id, rule, state, violations, milliseconds } of results) {
    console.log(
      `${id.padEnd(13)} ${mark[state].padEnd(7)} ${String(milliseconds).padStart(6)} ms  ${rule.zh} · ${rule.en}`,
    );
    for (const violation of violations) console.log(`${' '.repeat(14)}${violation}`);
  }
  const broken = results.filter(({ state }) => state === 'broken').length;
  console.log(broken === 0 ? 'ledger: clean' : `ledger: ${broken} checks broken`);
}

if (process.argv[1] === import.meta.filename) await main();
