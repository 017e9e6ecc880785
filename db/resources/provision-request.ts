import type { EntityManager } from '@mikro-orm/postgresql';
import type { ProductKind } from '../../domain/catalogue/kinds.ts';

/** What opening one line needs besides the members; settings of the pool are still sealed. */
export interface LineToOpen {
  lineId: string;
  workOrderId: string;
  resourceId: string;
  externalName: string;
  kind: ProductKind;
  sku: string;
  specification: Record<string, unknown>;
  quantity: string;
  customer: { id: string; number: string; name: string };
  project: { id: string; name: string };
  poolId: string;
  driver: string;
  poolState: string;
  settingsSealed: string | null;
}

/** Reads a line that was sold: its work order, resource and the pool that serves it. */
export async function readLineToOpen(
  em: EntityManager,
  orderNumber: string,
  line: number,
): Promise<LineToOpen> {
  const [row] = await em.execute<LineToOpen[]>(
    `select l.id as "lineId", w.id as "workOrderId", r.id as "resourceId", l.external_name as "externalName", l.kind,
       p.code as sku, l.specification || jsonb_build_object('configuration', l.configuration) as specification,
       trim_scale(l.quantity)::text as quantity,
       jsonb_build_object('id', c.id, 'number', c.number, 'name', c.name) as customer,
       jsonb_build_object('id', j.id, 'name', j.name) as project,
       o.id as "poolId", o.driver, o.state as "poolState", o.settings_sealed as "settingsSealed"
     from order_line l join plan p on p.id = l.plan_id join organisation c on c.id = l.buyer_id
       join project j on j.id = l.project_id join work_order w on w.line_id = l.id and w.kind = 'open'
       join resource r on r.line_id = l.id join pool o on o.id = w.pool_id
     where l.order_number = ? and l.line = ?`,
    [orderNumber, line],
  );
  if (!row) throw new Error(`order line ${orderNumber}/${line} was not sold`);
  return row;
}

/** A member of a customer as they are known in one pool. */
export interface PoolMember {
  userId: string;
  name: string;
  login: string;
  uid: number;
  sshKeys: string[];
}

/**
 * The customer's active members with login and uid in the pool; who has none gets the next. A uid is never used again
 * in a pool, for files on its disks outlive people. `firstUid` is where the pool's own range begins.
 */
export async function poolMembers(
  em: EntityManager,
  poolId: string,
  organisationId: string,
  firstUid: number,
  at: string,
): Promise<PoolMember[]> {
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`uids of pool ${poolId}`]);
  await em.execute(
    `insert into pool_member (pool_id, user_id, organisation_id, uid, login, created_at)
     select n.pool, n.user_id, n.organisation_id, n.uid, 'u' || n.uid, ?
     from (select ?::uuid as pool, m.user_id, m.organisation_id,
         greatest((select max(uid) + 1 from pool_member where pool_id = ?), ?)
           + row_number() over (order by m.joined_at, m.user_id) - 1 as uid
       from membership m where m.organisation_id = ? and m.state = 'active' and not exists (
         select from pool_member k where k.pool_id = ? and k.organisation_id = m.organisation_id and k.user_id = m.user_id)
     ) n`,
    [at, poolId, poolId, firstUid, organisationId, poolId],
  );
  return em.execute<PoolMember[]>(
    `select k.user_id as "userId", u.name, k.login, k.uid,
       coalesce((select jsonb_agg(s.public_key order by s.created_at) from ssh_key s
         where s.user_id = k.user_id and s.removed_at is null), '[]') as "sshKeys"
     from pool_member k join membership m on m.user_id = k.user_id and m.organisation_id = k.organisation_id
       join user_account u on u.id = k.user_id
     where k.pool_id = ? and k.organisation_id = ? and m.state = 'active' order by m.joined_at, k.uid`,
    [poolId, organisationId],
  );
}

/** Stores sealed access information of a resource that is still being created. */
export async function storeAccess(em: EntityManager, resourceId: string, sealed: string): Promise<void> {
  await em.execute('update resource set access_sealed = ? where id = ?', [sealed, resourceId]);
}
