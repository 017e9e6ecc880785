import { statesOf, type StateTable } from '../../domain/states.ts';

/** What a login role may do with a table; `none` leaves the table to definer functions. */
interface Access {
  /** Columns whose value must be the acting organisation for a row to be seen and written. */
  parties: readonly string[];
  api?: string;
  worker?: string;
  /** Further SELECT conditions for the api role (public rows), in SQL. */
  publicWhen?: string;
  /** The scope in which the api role sees all rows (sign-in must find a user before an organisation is known). */
  apiScope?: string;
}

/** `CHECK (state IN (…))` from the guarded table in `domain/`, so that the two cannot drift. */
export function stateColumn<S extends string>(table: StateTable<S>): string {
  return `state text NOT NULL CHECK (state IN (${statesOf(table)
    .map((state) => `'${state}'`)
    .join(', ')}))`;
}

/**
 * Puts a table behind row level security (see "Isolation" in the data decisions): the acting organisation sees
 * rows in which it is a party, the workers' `system` scope sees all, audit and definer roles read all.
 */
export function protect(table: string, access: Access): string {
  const own = access.parties.map((column) => `${column} = app_organisation()`).join(' OR ') || 'false';
  const api = access.api ?? 'SELECT, INSERT, UPDATE, DELETE';
  const worker = access.worker ?? 'SELECT, INSERT, UPDATE, DELETE';
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    REVOKE ALL ON ${table} FROM PUBLIC;
    CREATE POLICY party ON ${table} TO kboss_api, kboss_worker USING (${own}) WITH CHECK (${own});
    CREATE POLICY system ON ${table} TO kboss_worker
      USING (app_scope() = 'system') WITH CHECK (app_scope() = 'system');
    CREATE POLICY read_all ON ${table} FOR SELECT TO kboss_audit, kboss_definer USING (true);
    ${access.publicWhen ? `CREATE POLICY public ON ${table} FOR SELECT TO kboss_api, kboss_worker USING (${access.publicWhen});` : ''}
    ${access.apiScope ? `CREATE POLICY scope ON ${table} TO kboss_api USING (app_scope() = '${access.apiScope}') WITH CHECK (app_scope() = '${access.apiScope}');` : ''}
    ${api ? `GRANT ${api} ON ${table} TO kboss_api;` : ''}
    ${worker ? `GRANT ${worker} ON ${table} TO kboss_worker;` : ''}
    GRANT SELECT ON ${table} TO kboss_audit, kboss_definer, kboss_backup;
  `;
}

/** Month partitions of an append-only table, `count` months from `year`-`month`, and a default one for the rest. */
export function monthPartitions(table: string, year: number, month: number, count: number): string {
  const first = (offset: number): string =>
    new Date(Date.UTC(year, month - 1 + offset, 1)).toISOString().slice(0, 10);
  const parts = Array.from({ length: count }, (_, offset) => {
    const from = first(offset);
    const suffix = from.slice(0, 7).replace('-', '_');
    return `CREATE TABLE ${table}_${suffix} PARTITION OF ${table} FOR VALUES FROM ('${from}') TO ('${first(offset + 1)}');`;
  });
  return [...parts, `CREATE TABLE ${table}_later PARTITION OF ${table} DEFAULT;`].join('\n');
}
