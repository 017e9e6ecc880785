import type { EntityManager } from '@mikro-orm/postgresql';
import type { RechargeState } from '../../domain/payments/states.ts';
import { after, microsOf, type Position, type PositionedRow } from '../keyset.ts';

export interface RechargeListRow extends PositionedRow {
  id: string;
  number: string;
  amount: string;
  channel: 'alipay';
  state: RechargeState;
  orderNumber: string | null;
  tradeNumber: string | null;
  payUrl: string | null;
  expiresAt: Date;
  createdAt: Date;
  endedAt: Date | null;
}

const columns = `id, number, amount::text, channel, state, order_number as "orderNumber", trade_number as "tradeNumber",
  pay_url as "payUrl", expires_at as "expiresAt", created_at as "createdAt", ended_at as "endedAt", ${microsOf('created_at')}`;

/** Recharges of a customer, latest first, one more than `limit`. */
export function listRecharges(
  em: EntityManager,
  customerId: string,
  wanted: { position: Position | null; limit: number },
): Promise<RechargeListRow[]> {
  const next = after(wanted.position, 'created_at', 'id');
  return em.execute<RechargeListRow[]>(
    `select ${columns} from recharge where customer_id = ? and ${next.sql} order by created_at desc, id desc limit ?`,
    [customerId, ...next.values, wanted.limit + 1],
  );
}

/** One recharge of a customer; null when it has none of that number. */
export async function readOwnRecharge(
  em: EntityManager,
  customerId: string,
  number: string,
): Promise<RechargeListRow | null> {
  const [row] = await em.execute<RechargeListRow[]>(
    `select ${columns} from recharge where customer_id = ? and number = ?`,
    [customerId, number],
  );
  return row ?? null;
}

/** Whether a seller takes online payment: an active merchant account of its own. */
export async function takesOnlinePayment(em: EntityManager, customerId: string): Promise<boolean> {
  const [row] = await em.execute<{ takes: boolean }[]>('select takes_online_payment(?) as takes', [
    customerId,
  ]);
  return row?.takes ?? false;
}

/** A line of the wallet's statement. */
export interface StatementRow {
  eventId: string;
  part: 'cash' | 'gift';
  type: string;
  source: string;
  at: Date;
  amount: string;
  balanceAfter: string;
}

/** The wallet of a customer at its seller, from the books. */
export async function readWallet(
  em: EntityManager,
  customerId: string,
  sellerId: string,
): Promise<{ cash: bigint; gift: bigint; held: bigint }> {
  const [row] = await em.execute<{ cash: string; gift: string; held: string }[]>(
    'select cash::text, gift::text, held::text from ledger.wallet(?::uuid, ?::uuid)',
    [customerId, sellerId],
  );
  return { cash: BigInt(row?.cash ?? 0), gift: BigInt(row?.gift ?? 0), held: BigInt(row?.held ?? 0) };
}

/** The wallet's movements with running balance, newest first, below an event. */
export function readStatement(
  em: EntityManager,
  customerId: string,
  sellerId: string,
  wanted: { before: string | null; limit: number },
): Promise<StatementRow[]> {
  return em.execute<StatementRow[]>(
    `select event_id::text as "eventId", part, type, source, occurred_at as at, amount::text,
       balance_after::text as "balanceAfter"
     from ledger.wallet_statement(?::uuid, ?::uuid, ?::bigint, ?)`,
    [customerId, sellerId, wanted.before, wanted.limit],
  );
}
