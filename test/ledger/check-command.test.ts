import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await aDatabase();
});
afterAll(() => database.drop());

/** The command as finance types it, against the address in the environment. */
function check(url: string | undefined, ...options: string[]) {
  return spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'scripts/ledger-check.ts', ...options],
    { env: { ...process.env, DATABASE_AUDIT_URL: url }, encoding: 'utf8', timeout: 30_000 },
  );
}

test('clean books are a table for people and an array for programs, and end with 0', () => {
  const human = check(database.auditUrl);
  expect(human.status).toBe(0);
  expect(human.stdout).toContain('C1');
  const json = check(database.auditUrl, '--json');
  expect(json.status).toBe(0);
  const results = JSON.parse(json.stdout) as unknown[];
  expect(results.length).toBeGreaterThan(5);
});

test('an address where nobody answers is said, and does not end with 0', () => {
  const refused = check('postgres://kboss_audit:x@127.0.0.1:1/kboss', '--json');
  expect(refused.status).not.toBe(0);
  expect(refused.stderr).not.toBe('');
});
