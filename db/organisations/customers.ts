import type { EntityManager } from '@mikro-orm/postgresql';
import { after, microsOf, type Position, type PositionedRow } from '../keyset.ts';

export interface CustomerRow extends PositionedRow {
  id: string;
  number: string;
  name: string;
  state: 'active' | 'suspended';
  verification: string;
  source: string;
  source_code: string | null;
  account_manager_id: string | null;
  account_manager: string | null;
  department_id: string | null;
  department: string | null;
  created_at: Date;
}

const columns = `o.id, o.number, o.name, o.state, p.verification, p.source, p.source_code, p.account_manager_id,
  u.name as account_manager, p.department_id, d.name as department, p.created_at`;
const tables = `customer_profile p
  join organisation o on o.id = p.customer_id
  left join user_account u on u.id = p.account_manager_id
  left join department d on d.organisation_id = p.seller_id and d.id = p.department_id`;

/** The customers of a seller, latest first, one more than `limit`. */
export function listCustomers(
  em: EntityManager,
  sellerId: string,
  wanted: { position: Position | null; limit: number; accountManagerId?: string | undefined },
): Promise<CustomerRow[]> {
  const next = after(wanted.position, 'p.created_at', 'p.customer_id');
  const own = wanted.accountManagerId === undefined ? 'true' : 'p.account_manager_id = ?';
  return em.execute<CustomerRow[]>(
    `select ${columns}, ${microsOf('p.created_at')} from ${tables}
      where p.seller_id = ? and ${own} and ${next.sql}
      order by p.created_at desc, p.customer_id desc limit ?`,
    [
      sellerId,
      ...(wanted.accountManagerId === undefined ? [] : [wanted.accountManagerId]),
      ...next.values,
      wanted.limit + 1,
    ],
  );
}

/** Customers of the acting seller whose name or number contains a text, latest first, at most `limit`. */
export function searchCustomers(
  em: EntityManager,
  sellerId: string,
  text: string,
  limit: number,
): Promise<CustomerRow[]> {
  return em.execute<CustomerRow[]>(
    `select ${columns}, ${microsOf('p.created_at')} from ${tables}
      where p.seller_id = ? and p.customer_id in (select search_customers(?, ?))
      order by p.created_at desc, p.customer_id desc`,
    [sellerId, text, limit],
  );
}

/** One customer of a seller, or null. */
export async function readCustomer(
  em: EntityManager,
  sellerId: string,
  customerId: string,
): Promise<CustomerRow | null> {
  const rows = await em.execute<CustomerRow[]>(
    `select ${columns}, ${microsOf('p.created_at')} from ${tables} where p.seller_id = ? and p.customer_id = ?`,
    [sellerId, customerId],
  );
  return rows[0] ?? null;
}

/** Gives a customer to an account manager and a department of its seller. */
export async function assignCustomer(
  em: EntityManager,
  sellerId: string,
  customerId: string,
  to: { accountManagerId: string | null; departmentId: string | null },
): Promise<void> {
  await em.execute(
    'update customer_profile set account_manager_id = ?, department_id = ? where seller_id = ? and customer_id = ?',
    [to.accountManagerId, to.departmentId, sellerId, customerId],
  );
}

export interface ChildRow extends PositionedRow {
  id: string;
  number: string;
  name: string;
  state: 'active' | 'suspended';
  created_at: Date;
}

/** The child distributors of an organisation, latest first, one more than `limit`; never what is below them. */
export function listDistributors(
  em: EntityManager,
  parentId: string,
  wanted: { position: Position | null; limit: number },
): Promise<ChildRow[]> {
  const next = after(wanted.position, 'created_at', 'id');
  return em.execute<ChildRow[]>(
    `select id, number, name, state, created_at, ${microsOf('created_at')} from organisation
      where parent_id = ? and kind = 'distributor' and ${next.sql}
      order by created_at desc, id desc limit ?`,
    [parentId, ...next.values, wanted.limit + 1],
  );
}
