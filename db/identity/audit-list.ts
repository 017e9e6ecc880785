import type { EntityManager } from '@mikro-orm/postgresql';
import { after, microsOf, type Position, type PositionedRow } from '../keyset.ts';

export interface AuditRow extends PositionedRow {
  id: string;
  at: Date;
  user_id: string | null;
  user_name: string | null;
  action: string;
  subject_type: string;
  subject_id: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  request_id: string | null;
  address: string | null;
}

/** The audit trail of an organisation, latest first, one more than `limit`. */
export function listAuditEvents(
  em: EntityManager,
  organisationId: string,
  wanted: {
    position: Position | null;
    limit: number;
    subjectType?: string | undefined;
    subjectId?: string | undefined;
    userId?: string | undefined;
  },
): Promise<AuditRow[]> {
  const next = after(wanted.position, 'a.at', 'a.id');
  const filters = [
    ['a.subject_type', wanted.subjectType],
    ['a.subject_id', wanted.subjectId],
    ['a.user_id', wanted.userId],
  ].filter((filter): filter is [string, string] => filter[1] !== undefined);
  return em.execute<AuditRow[]>(
    `select a.id, a.at, a.user_id, u.name as user_name, a.action, a.subject_type, a.subject_id, a.before, a.after,
            a.request_id, a.address, ${microsOf('a.at')}
       from audit_event a left join user_account u on u.id = a.user_id
      where a.organisation_id = ? and ${next.sql} ${filters.map(([column]) => `and ${column} = ?`).join(' ')}
      order by a.at desc, a.id desc limit ?`,
    [organisationId, ...next.values, ...filters.map(([, value]) => value), wanted.limit + 1],
  );
}
