import type pg from 'pg';

export interface Column {
  name: string;
  type: string;
  required: boolean;
  hasDefault: boolean;
  /** Values that a check constraint allows. */
  allowed: string[] | null;
  /** A regular expression that a check constraint asks for. */
  pattern: string | null;
  /** Part of the primary key or of a unique constraint. */
  unique: boolean;
}

export interface ForeignKey {
  columns: string[];
  target: string;
  targetColumns: string[];
}

export interface Table {
  name: string;
  columns: Column[];
  foreignKeys: ForeignKey[];
  primaryKey: string[];
  rowSecurity: boolean;
  forced: boolean;
}

/** The tables of the public schema as PostgreSQL knows them, partitions and the list of migrations left out. */
export async function readTables(client: pg.Client): Promise<Table[]> {
  const { rows: tables } = await client.query<{
    oid: number;
    name: string;
    security: boolean;
    forced: boolean;
    key: string[];
  }>(
    `select oid, relname as name, relrowsecurity as security, relforcerowsecurity as forced,
            array(select attname::text from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey)
                   where indrelid = c.oid and indisprimary order by attname) as key
       from pg_class c
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> 'migration'
      order by relname`,
  );
  const result: Table[] = [];
  for (const { oid, name, security, forced, key } of tables) {
    const checks = await checksOf(client, oid);
    result.push({
      name,
      columns: await columnsOf(client, oid, checks),
      foreignKeys: await foreignKeysOf(client, oid),
      primaryKey: key,
      rowSecurity: security,
      forced,
    });
  }
  return result;
}

async function checksOf(client: pg.Client, table: number): Promise<string[]> {
  const { rows } = await client.query<{ definition: string }>(
    `select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = $1 and contype = 'c'`,
    [table],
  );
  return rows.map(({ definition }) => definition);
}

async function columnsOf(client: pg.Client, table: number, checks: readonly string[]): Promise<Column[]> {
  const { rows } = await client.query<Omit<Column, 'allowed' | 'pattern'>>(
    `select attname as name, format_type(atttypid, atttypmod) as type, attnotnull as required,
            (atthasdef or attidentity <> '') as "hasDefault",
            exists (select 1 from pg_index i where i.indrelid = attrelid and i.indisunique and attnum = any(i.indkey)) as unique
       from pg_attribute where attrelid = $1 and attnum > 0 and not attisdropped order by attnum`,
    [table],
  );
  return rows.map((column) => {
    const own = checks.filter((check) => new RegExp(`\\(\\(?${column.name}\\b`).test(check));
    const found = (pattern: RegExp): string | undefined =>
      own.map((check) => pattern.exec(check)?.[1]).find((value) => value !== undefined);
    const list = found(/= ANY \(ARRAY\[(.*?)\]/);
    const only = found(new RegExp(`\\(\\(${column.name} = '(.*?)'::text\\)\\)`));
    const allowed = list
      ? [...list.matchAll(/'(.*?)'::text/g)].map(([, value]) => value!)
      : only
        ? [only]
        : null;
    return {
      ...column,
      allowed,
      pattern: found(new RegExp(`${column.name} ~ '(.*?)'::text`)) ?? null,
    };
  });
}

async function foreignKeysOf(client: pg.Client, table: number): Promise<ForeignKey[]> {
  const names = (columns: string, relation: string): string =>
    `array(select attname::text from unnest(${columns}) with ordinality as k (n, o)
       join pg_attribute on attrelid = ${relation} and attnum = n order by o)`;
  const { rows } = await client.query<ForeignKey>(
    `select ${names('conkey', 'conrelid')} as columns, confrelid::regclass::text as target,
            ${names('confkey', 'confrelid')} as "targetColumns"
       from pg_constraint where conrelid = $1 and contype = 'f'`,
    [table],
  );
  return rows;
}

/** Tables in an order in which each comes after what it needs. */
export function inOrderOfNeed(tables: readonly Table[]): Table[] {
  const ordered: Table[] = [];
  const visit = (table: Table, path: readonly string[]): void => {
    if (ordered.includes(table) || path.includes(table.name)) return;
    for (const { target } of table.foreignKeys) {
      const needed = tables.find(({ name }) => name === target);
      if (needed) visit(needed, [...path, table.name]);
    }
    ordered.push(table);
  };
  for (const table of tables) visit(table, []);
  return ordered;
}
