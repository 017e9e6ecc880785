import type pg from 'pg';
import { readTables, type Table } from './schema-reader.ts';

/**
 * Copies a table's planted rows of an organisation until it has `count` of them: unique columns get values of their
 * own, instants go back second by second, everything else stays as it is. Answers how many rows there are now.
 */
export async function multiply(
  client: pg.Client,
  name: string,
  party: { column: string; id: string },
  count: number,
): Promise<number> {
  const table = (await readTables(client)).find((one) => one.name === name)!;
  const columns = table.columns.filter(({ name: column }) => !isGenerated(table, column));
  await client.query(
    `insert into ${name} (${columns.map((column) => column.name).join(', ')})
     select ${columns.map((column) => copyOf(table, column)).join(', ')}
       from (select * from ${name} where ${party.column} = $1 limit 1) t, generate_series(1, $2::int) n
     on conflict do nothing`,
    [party.id, count],
  );
  await client.query(`analyze ${name}`);
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from ${name} where ${party.column} = $1`,
    [party.id],
  );
  return rows[0]!.count;
}

/** Identity columns and the transaction's id number themselves. */
function isGenerated(table: Table, column: string): boolean {
  const found = table.columns.find(({ name }) => name === column)!;
  return found.hasDefault && (found.type === 'bigint' || found.type === 'xid8');
}

function copyOf(table: Table, { name, type, unique }: Table['columns'][number]): string {
  const refers = table.foreignKeys.some(({ columns }) => columns.includes(name));
  if (type.startsWith('timestamp')) return `t.${name} - n * interval '1 second'`;
  if (!unique || refers) return `t.${name}`;
  if (type === 'uuid') return name === 'id' ? 'uuidv7()' : `t.${name}`;
  if (type === 'text') return `t.${name} || '-' || n`;
  return type === 'integer' ? `t.${name} + n` : `t.${name}`;
}
