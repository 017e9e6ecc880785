import type { EntityManager } from '@mikro-orm/postgresql';
import { BusinessError } from '../../domain/errors.ts';

type Value = string | number | null;

/** Tables of price versions, each `[valid_from, valid_to)`, and the columns that say what is priced. */
const versionedTables = {
  list_price: ['component_id'],
  period_discount: ['plan_id', 'months'],
  retail_price: ['organisation_id', 'product_id', 'plan_id'],
} as const;

/**
 * Adds a version from an instant on. The version in force then ends there, a later one stays and ends the new one;
 * nothing that was ever in force is changed but its end. Two people at once wait for each other.
 * @throws BusinessError PRICE_VERSION_EXISTS when a version starts at that very instant
 */
export async function addVersion(
  em: EntityManager,
  table: keyof typeof versionedTables,
  row: Readonly<Record<string, Value>>,
  validFrom: Date,
): Promise<void> {
  const keys = versionedTables[table];
  const same = keys.map((key) => `${key} is not distinct from ?`).join(' and ');
  const identity = keys.map((key) => row[key] ?? null);
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
    `${table}/${identity.join('/')}`,
  ]);
  const [neighbours] = await em.execute<{ exists: boolean; next: Date | null }[]>(
    `select coalesce(bool_or(valid_from = ?), false) as exists, min(valid_from) filter (where valid_from > ?) as next
     from ${table} where ${same}`,
    [validFrom, validFrom, ...identity],
  );
  if (neighbours!.exists)
    throw new BusinessError('PRICE_VERSION_EXISTS', {}, { validFrom: 'PRICE_VERSION_EXISTS' });
  await em.execute(
    `update ${table} set valid_to = ? where ${same} and valid_from < ? and (valid_to is null or valid_to > ?)`,
    [validFrom, ...identity, validFrom, validFrom],
  );
  const columns = [...Object.keys(row), 'valid_from', 'valid_to'];
  await em.execute(
    `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
    [...Object.values(row), validFrom, neighbours!.next],
  );
}
