import type { EntityManager } from '@mikro-orm/postgresql';

/** What screens are told about; each names the permission a person needs to hear of it (`api/events`). */
export type Topic = 'order' | 'resource' | 'work-order' | 'recharge' | 'wallet' | 'message';

/**
 * Writes one event for each organisation, in the transaction that made it true. The payload holds numbers and states
 * only: it is read by everybody of those organisations who may see the topic.
 */
export async function emit(
  em: EntityManager,
  organisations: readonly string[],
  topic: Topic,
  payload: Record<string, string | number>,
): Promise<void> {
  const rows = [...new Set(organisations)];
  await em.execute(
    `insert into stream_event (organisation_id, topic, payload) values ${rows.map(() => '(?, ?, ?::jsonb)').join(', ')}`,
    rows.flatMap((organisation) => [organisation, topic, JSON.stringify(payload)]),
  );
}

/** Where a reader of the stream stands: transaction and row, as PostgreSQL orders them (`id > last` would lose rows). */
export interface StreamCursor {
  xid: string;
  id: string;
}

export interface StreamEvent extends StreamCursor {
  topic: Topic;
  payload: Record<string, string | number>;
}

/** The cursor of now: what commits from here on comes after it. */
export async function streamNow(em: EntityManager): Promise<StreamCursor> {
  const [row] = await em.execute<{ xid: string }[]>(
    `select pg_snapshot_xmin(pg_current_snapshot())::text as xid`,
  );
  return { xid: row!.xid, id: '0' };
}

/** Events of an organisation after a cursor, of transactions before which none is still open; at most `limit`. */
export function readStream(
  em: EntityManager,
  organisationId: string,
  after: StreamCursor,
  limit: number,
): Promise<StreamEvent[]> {
  return em.execute<StreamEvent[]>(
    `select xid::text, id::text, topic, payload from stream_event
     where organisation_id = ? and (xid, id) > (?::xid8, ?::bigint) and at > now() - interval '1 day'
       and xid < pg_snapshot_xmin(pg_current_snapshot())
     order by stream_event.xid, stream_event.id limit ?`,
    [organisationId, after.xid, after.id, limit],
  );
}

/** The channel on which the relay says which organisation has new events. */
export const wakeUpChannel = 'kboss_stream';

/**
 * Says on the wake-up channel which organisations have events after a cursor; answers the next cursor. Runs on its own,
 * never in a transaction that writes events.
 */
export async function wakeReaders(em: EntityManager, after: StreamCursor): Promise<StreamCursor> {
  const rows = await em.execute<{ xid: string; id: string; organisation: string }[]>(
    `select xid::text, id::text, organisation_id as organisation from stream_event
     where (xid, id) > (?::xid8, ?::bigint) and at > now() - interval '1 hour'
       and xid < pg_snapshot_xmin(pg_current_snapshot())
     order by stream_event.xid, stream_event.id limit 1000`,
    [after.xid, after.id],
  );
  for (const organisation of new Set(rows.map((row) => row.organisation))) {
    await em.execute('select pg_notify(?, ?)', [wakeUpChannel, organisation]);
  }
  const last = rows.at(-1);
  return last ? { xid: last.xid, id: last.id } : after;
}
