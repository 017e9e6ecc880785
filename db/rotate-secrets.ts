import type { Database } from './database.ts';
import type { SecretBox } from './secrets.ts';

/** What became of one sealed column. */
export interface RotatedColumn {
  table: string;
  column: string;
  /** Rows sealed anew. */
  resealed: number;
  /** Ids of rows that no known key opens; they stay as they are. */
  unreadable: string[];
}

/** Rows of one transaction: short enough to keep nobody waiting. */
const usualBatch = 200;

/**
 * Seals every `*_sealed` column anew under the active key, batch by batch. A run that was cut short leaves nothing
 * half done: the next one goes on with what another key sealed.
 */
export async function rotateSecrets(
  database: Database,
  secrets: SecretBox,
  batch = usualBatch,
): Promise<RotatedColumn[]> {
  const columns = await database.asSystem('rotation', (em) =>
    em.execute<{ table: string; column: string }[]>(
      `select c.table_name as table, c.column_name as column
       from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'public' and c.column_name like '%\\_sealed' and t.table_type = 'BASE TABLE'
       order by 1, 2`,
    ),
  );
  const rotated: RotatedColumn[] = [];
  for (const { table, column } of columns) {
    const result: RotatedColumn = { table, column, resealed: 0, unreadable: [] };
    for (let last: string | null = null; ;) {
      const next = await rotateBatch(database, secrets, result, last, batch);
      if (next === null) break;
      last = next;
    }
    rotated.push(result);
  }
  return rotated;
}

/** One transaction from the row after `after`; answers the last row seen, null when there was none. */
function rotateBatch(
  database: Database,
  secrets: SecretBox,
  result: RotatedColumn,
  after: string | null,
  batch: number,
): Promise<string | null> {
  const { table, column } = result;
  return database.asSystem('rotation', async (em) => {
    const rows = await em.execute<{ id: string; sealed: string }[]>(
      `select id, ${column} as sealed from ${table}
       where ${column} is not null and not starts_with(${column}, ?) and (?::uuid is null or id > ?)
       order by id limit ? for update`,
      [`v1.${secrets.activeKeyId}.`, after, after, batch],
    );
    let resealed = 0;
    const unreadable: string[] = [];
    for (const { id, sealed } of rows) {
      const place = { table, column, id };
      const plain = openedBy(secrets, sealed, place);
      if (plain === null) {
        unreadable.push(id);
        continue;
      }
      await em.execute(`update ${table} set ${column} = ? where id = ?`, [secrets.seal(plain, place), id]);
      resealed += 1;
    }
    result.resealed += resealed;
    result.unreadable.push(...unreadable);
    return rows.at(-1)?.id ?? null;
  });
}

function openedBy(
  secrets: SecretBox,
  sealed: string,
  place: { table: string; column: string; id: string },
): string | null {
  try {
    return secrets.open(sealed, place).reveal();
  } catch {
    return null;
  }
}
