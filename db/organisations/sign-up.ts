import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { makeNumber } from '../../domain/numbers.ts';

/** How a customer came to its seller, and who looks after it. */
export interface Origin {
  sellerId: string;
  source: 'invitation' | 'storefront' | 'campaign' | 'direct';
  sourceCode: string | null;
  accountManagerId: string | null;
  departmentId: string | null;
}

/**
 * Uses an invitation code once and answers what it stands for; null when it is unknown, used up, expired, or its
 * seller is suspended. Two people cannot share the last use. Runs in scope `identity`.
 */
export async function redeemInvitation(em: EntityManager, code: string, now: Date): Promise<Origin | null> {
  const rows = await em.execute<
    {
      organisation_id: string;
      account_manager_id: string | null;
      department_id: string | null;
      campaign: string | null;
    }[]
  >(
    `update invitation_code i set uses = uses + 1
      where code = ? and (max_uses is null or uses < max_uses) and (valid_to is null or valid_to > ?)
        and exists (select 1 from organisation o where o.id = i.organisation_id and o.state = 'active')
      returning organisation_id, account_manager_id, department_id, campaign`,
    [code, now],
  );
  const row = rows[0];
  return (
    (row && {
      sellerId: row.organisation_id,
      source: row.campaign === null ? 'invitation' : 'campaign',
      sourceCode: code,
      accountManagerId: row.account_manager_id,
      departmentId: row.department_id,
    }) ??
    null
  );
}

/** Whether an invitation code would be taken now; it is redeemed later. Runs in scope `identity`. */
export async function isInvitationOpen(em: EntityManager, code: string, now: Date): Promise<boolean> {
  const rows = await em.execute<unknown[]>(
    `select 1 from invitation_code where code = ? and (max_uses is null or uses < max_uses)
        and (valid_to is null or valid_to > ?)`,
    [code, now],
  );
  return rows.length > 0;
}

/** Makes a customer of a seller: the organisation, its admin, its default project and its file at the seller. */
export async function createCustomer(
  em: EntityManager,
  customer: { name: string; adminId: string; origin: Origin; projectName: string; now: Date },
): Promise<string> {
  const { origin, now } = customer;
  const [row] = await em.execute<{ id: string }[]>(
    `insert into organisation (number, kind, parent_id, name, created_at)
     values (?, 'customer', ?, ?, ?) returning id`,
    [makeNumber('customer', now, randomBytes(8)), origin.sellerId, customer.name, now],
  );
  const id = row!.id;
  await em.execute(
    `insert into membership (organisation_id, user_id, roles, joined_at) values (?, ?, '{customer-admin}', ?)`,
    [id, customer.adminId, now],
  );
  await em.execute(
    'insert into project (organisation_id, name, is_default, created_at) values (?, ?, true, ?)',
    [id, customer.projectName, now],
  );
  await em.execute(
    `insert into customer_profile (customer_id, seller_id, account_manager_id, department_id, source, source_code, created_at)
     values (?, ?, ?, ?, ?, ?, ?)`,
    [
      id,
      origin.sellerId,
      origin.accountManagerId,
      origin.departmentId,
      origin.source,
      origin.sourceCode,
      now,
    ],
  );
  return id;
}
