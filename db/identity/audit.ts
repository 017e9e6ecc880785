import type { EntityManager } from '@mikro-orm/postgresql';

export interface AuditEntry {
  organisationId: string;
  userId: string | null;
  /** `thing.verb`, e.g. `member.roles-changed`. */
  action: string;
  subjectType: string;
  subjectId: string;
  /** Values before and after, never a secret. */
  before?: object;
  after?: object;
  requestId?: string;
  address?: string;
}

/** Adds a row to the audit trail in the transaction of what it tells about; rows cannot be changed afterwards. */
export async function writeAudit(em: EntityManager, entry: AuditEntry): Promise<void> {
  await em.execute(
    `insert into audit_event (organisation_id, user_id, action, subject_type, subject_id, before, after, request_id, address)
     values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?)`,
    [
      entry.organisationId,
      entry.userId,
      entry.action,
      entry.subjectType,
      entry.subjectId,
      entry.before ? JSON.stringify(entry.before) : null,
      entry.after ? JSON.stringify(entry.after) : null,
      entry.requestId ?? null,
      entry.address ?? null,
    ],
  );
}
