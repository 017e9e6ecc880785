import type { EntityManager } from '@mikro-orm/postgresql';

/** Whether a project of the customer is open for new orders. */
export async function isOpenProject(
  em: EntityManager,
  customerId: string,
  projectId: string,
): Promise<boolean> {
  const rows = await em.execute<unknown[]>(
    `select id from project where organisation_id = ? and id = ? and state = 'active'`,
    [customerId, projectId],
  );
  return rows.length > 0;
}

/** The customer's default project, which every customer has. */
export async function readDefaultProject(em: EntityManager, customerId: string): Promise<string> {
  const [row] = await em.execute<{ id: string }[]>(
    `select id from project where organisation_id = ? and is_default`,
    [customerId],
  );
  if (!row) throw new Error(`customer ${customerId} has no default project`);
  return row.id;
}
