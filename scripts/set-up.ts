import { readFileSync } from 'node:fs';
import { openDatabase } from '../db/database.ts';
import { openLedger } from '../db/ledger/ledger.ts';
import { secretBox } from '../db/secrets.ts';
import { SetUpError } from '../db/set-up/deployment.ts';
import { setUpDeployment } from '../db/set-up/set-up.ts';
import { ConfigurationError, readConfiguration } from '../domain/configuration.ts';
import { isPasswordCommon, passwordLength } from '../domain/identity/password.ts';
import { readDeployment } from './set-up/read-deployment.ts';

/**
 * `npm run set-up -- FILE.json` (`-` reads standard input): makes or updates platform, first admin, suppliers, pools and
 * bindings as the file says, in the database of DATABASE_WORKER_URL. May be run again at any time.
 */
async function main(): Promise<void> {
  const [file, ...rest] = process.argv.slice(2);
  if (!file || rest.length > 0) throw new SetUpError('Usage:', 'npm run set-up -- FILE.json');
  const configuration = readConfiguration(process.env, 'set-up');
  const deployment = readDeployment(readJson(file), configuration);
  const password = configuration.adminPassword ?? null;
  if (password !== null) checkPassword(password, deployment.admin.phone);
  const database = await openDatabase(configuration.workerDatabaseUrl, 2);
  const ledger = openLedger(configuration.workerDatabaseUrl);
  try {
    const report = await setUpDeployment(database, ledger, deployment, {
      secrets: secretBox(configuration.secretKeys),
      publicUrl: configuration.publicUrl,
      password,
      now: new Date(),
    });
    for (const change of report.changed) console.log(`set up: ${change}`);
    if (report.changed.length === 0) console.log('set up: everything is as the file says');
    if (report.password !== null) {
      console.log(`password of ${deployment.admin.phone}, shown this once: ${report.password}`);
    }
  } finally {
    await Promise.all([database.close(), ledger.close()]);
  }
}

function readJson(file: string): unknown {
  let content: string;
  try {
    content = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    throw new SetUpError(file, 'cannot be read.');
  }
  try {
    return JSON.parse(content) as unknown;
  } catch {
    // Not the parser's own words: they would show a piece of the file, perhaps of a key.
    throw new SetUpError(file, 'is no JSON.');
  }
}

function checkPassword(password: string, phone: string): void {
  const { least, most } = passwordLength;
  if (password.length < least || password.length > most) {
    throw new ConfigurationError('KBOSS_ADMIN_PASSWORD', `must have ${least} to ${most} characters.`);
  }
  if (isPasswordCommon(password, phone)) {
    throw new ConfigurationError('KBOSS_ADMIN_PASSWORD', 'is one that attackers try first.');
  }
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
