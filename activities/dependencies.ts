import type { Database } from '../db/database.ts';
import type { Ledger } from '../db/ledger/ledger.ts';
import type { SecretBox } from '../db/secrets.ts';
import type { Driver } from './drivers/driver.ts';

/** What activities work with; made once a worker process (tests put their own drivers in). */
export interface Dependencies {
  database: Database;
  ledger: Ledger;
  secrets: SecretBox;
  /** By the name of `pool.driver`. */
  drivers: Readonly<Record<string, Driver<never>>>;
  /** Production refuses gateways that are sandboxes or plain http. */
  production: boolean;
  /** How payment channels and suppliers reach us. */
  publicUrl: string;
}
