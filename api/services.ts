import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Configuration } from '../domain/configuration.ts';
import type { Database } from '../db/database.ts';
import type { SecretBox } from '../db/secrets.ts';

/** What handlers work with; made once in `main.ts` (tests make their own). */
export interface Services {
  configuration: Configuration;
  database: Database;
  /** Temporal, connected lazily so that pages are served while it is away. */
  temporal: Client;
  /** The queue on which processes are started, `kboss` but in tests. */
  taskQueue: string;
  secrets: SecretBox;
  log: Logger;
  /** The clock of the api: sessions and rate limits; business instants are taken from it once a request. */
  now: () => Date;
}
