import type { EntityManager } from '@mikro-orm/postgresql';
import { after, microsOf, type Position, type PositionedRow } from '../keyset.ts';

export interface MessageRow extends PositionedRow {
  id: string;
  kind: string;
  details: Record<string, string>;
  link: string | null;
  created_at: Date;
  read_at: Date | null;
}

/** Messages to an organisation, latest first, one more than `limit`. */
export function listMessages(
  em: EntityManager,
  organisationId: string,
  wanted: { position: Position | null; limit: number; unread: boolean },
): Promise<MessageRow[]> {
  const next = after(wanted.position, 'created_at', 'id');
  return em.execute<MessageRow[]>(
    `select id, kind, details, link, created_at, read_at, ${microsOf('created_at')} from message
      where organisation_id = ? ${wanted.unread ? 'and read_at is null' : ''} and ${next.sql}
      order by created_at desc, id desc limit ?`,
    [organisationId, ...next.values, wanted.limit + 1],
  );
}

/** How many messages nobody of the organisation has read, at most 100. */
export async function countUnread(em: EntityManager, organisationId: string): Promise<number> {
  const [row] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from
       (select 1 from message where organisation_id = ? and read_at is null order by created_at desc limit 100) unread`,
    [organisationId],
  );
  return row!.count;
}

/** Marks one message, or all, as read; answers how many were unread. */
export async function markRead(
  em: EntityManager,
  organisationId: string,
  id: string | null,
  now: Date,
): Promise<number> {
  const rows = await em.execute<unknown[]>(
    `update message set read_at = coalesce(read_at, ?)
      where organisation_id = ? and ${id === null ? 'read_at is null' : 'id = ?'} returning id`,
    [now, organisationId, ...(id === null ? [] : [id])],
  );
  return rows.length;
}
