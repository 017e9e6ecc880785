import type { EntityManager } from '@mikro-orm/postgresql';

type Value =
  string | number | bigint | boolean | Date | null | readonly string[] | readonly number[] | object;

/** Inserts one row and answers its id; objects become jsonb, arrays PostgreSQL arrays. Names are the seed's own. */
export async function insert(em: EntityManager, table: string, row: Record<string, Value>): Promise<string> {
  const columns = Object.keys(row);
  const values = Object.values(row).map(asParameter);
  const marks = Object.values(row).map((value) => (isJson(value) ? '?::jsonb' : '?'));
  const [inserted] = await em.execute<Record<string, unknown>[]>(
    `insert into ${table} (${columns.join(', ')}) values (${marks.join(', ')}) returning *`,
    values,
  );
  return String(inserted?.id ?? '');
}

function isJson(value: Value): boolean {
  return typeof value === 'object' && value !== null && !(value instanceof Date) && !Array.isArray(value);
}

function asParameter(value: Value): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `{${value.map((item) => JSON.stringify(item)).join(',')}}`;
  return isJson(value) ? JSON.stringify(value) : value;
}
