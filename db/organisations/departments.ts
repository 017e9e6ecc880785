import type { EntityManager } from '@mikro-orm/postgresql';

/** Whether a department has members, customers, or open departments below it. */
export async function isDepartmentInUse(
  em: EntityManager,
  organisationId: string,
  departmentId: string,
): Promise<boolean> {
  const [row] = await em.execute<{ used: boolean }[]>(
    `select exists (select 1 from membership where organisation_id = ? and department_id = ? and state = 'active')
         or exists (select 1 from customer_profile where seller_id = ? and department_id = ?)
         or exists (select 1 from department where organisation_id = ? and parent_id = ? and closed_at is null) as used`,
    [organisationId, departmentId, organisationId, departmentId, organisationId, departmentId],
  );
  return row!.used;
}
