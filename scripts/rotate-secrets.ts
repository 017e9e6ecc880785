import { openDatabase } from '../db/database.ts';
import { rotateSecrets } from '../db/rotate-secrets.ts';
import { secretBox } from '../db/secrets.ts';
import { readConfiguration } from '../domain/configuration.ts';

/**
 * `npm run secrets:rotate`: seals every secret in the database of DATABASE_WORKER_URL anew under the first of
 * KBOSS_SECRET_KEYS. May be cut short and run again; ends with 1 when a row was sealed by a key that is not given.
 */
async function main(): Promise<void> {
  const configuration = readConfiguration(process.env, 'set-up');
  const secrets = secretBox(configuration.secretKeys);
  const database = await openDatabase(configuration.workerDatabaseUrl, 2);
  try {
    for (const { table, column, resealed, unreadable } of await rotateSecrets(database, secrets)) {
      console.log(`${table}.${column}: ${resealed} sealed anew under ${secrets.activeKeyId}`);
      for (const id of unreadable) console.error(`${table}.${column} of ${id} is opened by no key given.`);
      if (unreadable.length > 0) process.exitCode = 1;
    }
  } finally {
    await database.close();
  }
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
