import type pg from 'pg';
import type { Query } from './books.ts';
import { checkLedger } from './checks.ts';

/** A broken check and a book that it is about. */
export interface Finding {
  readonly check: string;
  readonly organisation: string;
  readonly violation: string;
}

/** Reads all books in one read-only snapshot, as the audit role, which the worker may become for this. */
async function asAudit<T>(pool: pg.Pool, work: (query: Query) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query('set local role kboss_audit');
    const answer = await work(
      async <Row>(text: string, values: unknown[]) => (await client.query(text, values)).rows as Row[],
    );
    await client.query('commit');
    client.release();
    return answer;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** The organisations that keep a book, in the order of opening. */
export const listBooks = (pool: pg.Pool): Promise<string[]> =>
  asAudit(pool, async (query) => {
    type Row = { organisation_id: string };
    const rows = await query<Row>('select organisation_id from ledger.book order by number', []);
    return rows.map(({ organisation_id }) => organisation_id);
  });

/**
 * Runs the checks C1–C9 (not the expansion of every voucher once more, which `npm run ledger:check` does).
 * @returns for each broken check and book concerned the first violation; what names no book concerns every book
 */
export const findBroken = (pool: pg.Pool): Promise<Finding[]> =>
  asAudit(pool, async (query) => {
    const found = new Map<string, Finding>();
    for (const { id, violations } of await checkLedger(query, { templates: false })) {
      for (const violation of violations) {
        for (const organisation of await booksNamed(query, violation)) {
          const name = `${id} ${organisation}`;
          if (!found.has(name)) found.set(name, { check: id, organisation, violation });
        }
      }
    }
    return [...found.values()];
  });

/** A violation names books by their organisation, an account, or an event. */
async function booksNamed(query: Query, violation: string): Promise<string[]> {
  const all = (pattern: RegExp): string[] => [...violation.matchAll(pattern)].map(([, id]) => id!);
  const rows = await query<{ id: string; named: boolean }>(
    `select organisation_id as id, organisation_id = any ($1::uuid[])
       or organisation_id in (select organisation_id from ledger.account where id = any ($2::bigint[]))
       or organisation_id in (select unnest(books) from ledger.event where id = any ($3::bigint[])) as named
     from ledger.book order by number`,
    [
      all(/\b([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/g),
      all(/\baccount (\d+)/g),
      all(/\bevent (\d+)/g),
    ],
  );
  const named = rows.filter((row) => row.named);
  return (named.length > 0 ? named : rows).map(({ id }) => id);
}
