import type { EntityManager } from '@mikro-orm/postgresql';

/** Titles of the templates that made a voucher, in the order of its lines. @param period first day of the month */
export async function readTitles(
  em: EntityManager,
  organisationId: string,
  { period, eventId }: { period: string; eventId: string },
): Promise<{ zh: string; en: string }[]> {
  const rows = await em.execute<{ title: { zh: string; en: string } }[]>(
    `select t.definition -> 'title' as title
     from ledger.voucher v
       cross join lateral unnest(string_to_array(v.templates, ' ')) with ordinality p (name, position)
       join ledger.entry_template t on t.organisation_id = v.organisation_id
         and t.code = split_part(p.name, '@', 1) and t.version = split_part(p.name, '@', 2)::integer
     where v.organisation_id = ? and v.period = ?::date and v.event_id = ?::bigint order by p.position`,
    [organisationId, period, eventId],
  );
  return rows.map(({ title }) => title);
}

/** The number of the order that a source names, where its customer is one's own; null for every other source. */
export async function readOwnOrder(
  em: EntityManager,
  sellerId: string,
  source: string,
): Promise<string | null> {
  const [row] = await em.execute<{ number: string }[]>(
    'select number from customer_order where seller_id = ? and number = ?',
    [sellerId, source.split('/')[0]],
  );
  return row?.number ?? null;
}
