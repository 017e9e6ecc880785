import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Addresses } from './application.ts';
import { stateDirectory } from './state-directory.ts';

/** Addresses of what `npm start` runs in this clone now; undefined when it does not run. */
export function runningAddresses(): Addresses | undefined {
  const file = join(stateDirectory(), 'addresses.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Addresses) : undefined;
}
