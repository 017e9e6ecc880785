import type { EntityManager } from '@mikro-orm/postgresql';
import { writeAudit, type AuditEntry } from '../db/identity/audit.ts';
import type { SignedInContext } from './context.ts';

/** Adds to the audit trail of the acting organisation, in the caller's transaction. */
export function audit(
  em: EntityManager,
  context: SignedInContext,
  entry: Pick<AuditEntry, 'action' | 'subjectType' | 'subjectId' | 'before' | 'after'>,
): Promise<void> {
  return writeAudit(em, {
    ...entry,
    organisationId: context.session.organisationId,
    userId: context.session.userId,
    requestId: context.requestId,
    address: context.address,
  });
}
