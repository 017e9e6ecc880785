import type { EntityManager } from '@mikro-orm/postgresql';

export interface MemberRow {
  user_id: string;
  number: string;
  name: string;
  phone_masked: string;
  roles: string[];
  department_id: string | null;
  department: string | null;
  joined_at: Date;
}

/** The members of an organisation, oldest first, at most a thousand; staff, not customers. */
export function listMembers(
  em: EntityManager,
  organisationId: string,
  userId?: string,
): Promise<MemberRow[]> {
  return em.execute<MemberRow[]>(
    `select m.user_id, u.number, u.name, u.phone_masked, m.roles, m.department_id, d.name as department, m.joined_at
       from membership m
       join user_account u on u.id = m.user_id
       left join department d on d.organisation_id = m.organisation_id and d.id = m.department_id
      where m.organisation_id = ? and m.state = 'active' and (?::uuid is null or m.user_id = ?)
      order by m.joined_at, m.user_id limit 1000`,
    [organisationId, userId ?? null, userId ?? null],
  );
}

/** Whether somebody is a member at the moment. */
export async function isMember(em: EntityManager, organisationId: string, userId: string): Promise<boolean> {
  const rows = await em.execute<unknown[]>(
    `select 1 from membership where organisation_id = ? and user_id = ? and state = 'active'`,
    [organisationId, userId],
  );
  return rows.length > 0;
}

/** Adds somebody, or takes them back; false when they are a member already. */
export async function addMember(
  em: EntityManager,
  member: {
    organisationId: string;
    userId: string;
    roles: readonly string[];
    departmentId: string | null;
    now: Date;
  },
): Promise<boolean> {
  const rows = await em.execute<unknown[]>(
    `insert into membership (organisation_id, user_id, roles, department_id, joined_at)
     values (?, ?, ?::text[], ?, ?)
     on conflict (organisation_id, user_id) do update
       set roles = excluded.roles, department_id = excluded.department_id, state = 'active', joined_at = excluded.joined_at
       where membership.state = 'left'
     returning user_id`,
    [member.organisationId, member.userId, arrayOf(member.roles), member.departmentId, member.now],
  );
  return rows.length > 0;
}

/** Changes a member's roles, department or membership. */
export async function changeMember(
  em: EntityManager,
  organisationId: string,
  userId: string,
  change: { roles: readonly string[]; departmentId: string | null; state: 'active' | 'left' },
): Promise<void> {
  await em.execute(
    `update membership set roles = ?::text[], department_id = ?, state = ? where organisation_id = ? and user_id = ?`,
    [arrayOf(change.roles), change.departmentId, change.state, organisationId, userId],
  );
}

/**
 * Locks the organisation's memberships against changes by others, then counts who holds a role: two admins who take
 * the role from each other at once must not both succeed.
 */
export async function countHolders(em: EntityManager, organisationId: string, role: string): Promise<number> {
  await em.execute('select 1 from organisation where id = ? for update', [organisationId]);
  const [row] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from membership where organisation_id = ? and state = 'active' and ? = any(roles)`,
    [organisationId, role],
  );
  return row!.count;
}

const arrayOf = (values: readonly string[]): string =>
  `{${values.map((value) => JSON.stringify(value)).join(',')}}`;
