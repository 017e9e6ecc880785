import type { EntityManager } from '@mikro-orm/postgresql';
import { DepartmentEntity } from '../../db/organisations/entities.ts';
import { isMember } from '../../db/organisations/members.ts';
import type { SignedInContext } from '../context.ts';
import { fieldError } from '../input.ts';

/** Who of the seller looks after a customer. */
export interface Assignment {
  accountManagerId: string | null;
  departmentId: string | null;
}

/**
 * The assignment, once both are known to be of the acting organisation.
 * @throws BusinessError ACCOUNT_MANAGER_NOT_FOUND, DEPARTMENT_NOT_FOUND
 */
export async function ownAssignment(
  em: EntityManager,
  context: SignedInContext,
  wanted: { accountManagerId?: string | null | undefined; departmentId?: string | null | undefined },
): Promise<Assignment> {
  const { accountManagerId = null, departmentId = null } = wanted;
  if (accountManagerId && !(await isMember(em, context.session.organisationId, accountManagerId))) {
    throw fieldError('accountManagerId', 'ACCOUNT_MANAGER_NOT_FOUND');
  }
  await ownDepartment(em, context, departmentId);
  return { accountManagerId, departmentId };
}

/**
 * The id of a department, once it is known to be an open one of the acting organisation.
 * @throws BusinessError DEPARTMENT_NOT_FOUND
 */
export async function ownDepartment(
  em: EntityManager,
  context: SignedInContext,
  id: string | null,
): Promise<string | null> {
  if (id === null) return null;
  const { organisationId } = context.session;
  if (!(await em.count(DepartmentEntity, { id, organisationId, closedAt: null }))) {
    throw fieldError('departmentId', 'DEPARTMENT_NOT_FOUND');
  }
  return id;
}
