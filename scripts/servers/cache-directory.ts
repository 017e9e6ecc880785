import { homedir } from 'node:os';
import { join } from 'node:path';

/** What is built or fetched once (Temporal, jars, client tools), by version, per user and outside the clone. */
export function cacheDirectory(): string {
  return process.env.KBOSS_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'kboss');
}
