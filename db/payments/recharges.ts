import type { EntityManager } from '@mikro-orm/postgresql';
import type { AlipayBinding } from '../../domain/payments/bindings.ts';
import { rechargeStates, type RechargeState } from '../../domain/payments/states.ts';
import { assertMove } from '../../domain/states.ts';
import type { RechargeInput } from '../../domain/payments.messages.ts';
import type { SecretBox } from '../secrets.ts';
import { emit } from '../stream.ts';

export interface RechargeRow {
  id: string;
  number: string;
  customerId: string;
  sellerId: string;
  userId: string;
  amount: bigint;
  state: RechargeState;
  bindingId: string;
  orderNumber: string | null;
  payUrl: string | null;
  expiresAt: Date;
}

const columns = `id, number, customer_id as "customerId", seller_id as "sellerId", user_id as "userId", amount::text, state,
  binding_id as "bindingId", order_number as "orderNumber", pay_url as "payUrl", expires_at as "expiresAt"`;

/** A recharge by its number; null when there is none (in the caller's scope). */
export async function readRecharge(em: EntityManager, number: string): Promise<RechargeRow | null> {
  const [row] = await em.execute<(Omit<RechargeRow, 'amount'> & { amount: string })[]>(
    `select ${columns} from recharge where number = ?`,
    [number],
  );
  return row ? { ...row, amount: BigInt(row.amount), expiresAt: new Date(row.expiresAt) } : null;
}

/** Writes the intent once: state `pending`, for the cashier page is open from here on. */
export async function writeRecharge(
  em: EntityManager,
  input: RechargeInput,
  more: { bindingId: string; payUrl: string; expiresAt: Date },
): Promise<void> {
  const rows = await em.execute<{ id: string }[]>(
    `insert into recharge (number, customer_id, seller_id, user_id, amount, channel, binding_id, state, order_number,
       pay_url, expires_at, created_at)
     values (?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?) on conflict (number) do nothing returning id`,
    [
      ...[input.number, input.customerId, input.sellerId, input.userId, input.amount, input.channel],
      ...[more.bindingId, input.orderNumber ?? null, more.payUrl, more.expiresAt, input.at],
    ],
  );
  if (!rows[0]) return;
  for (const [from, to] of [
    [null, 'created'],
    ['created', 'pending'],
  ]) {
    await writeEvent(em, { ...input, id: rows[0].id }, from ?? null, to!, {
      at: input.at,
      actor: `user/${input.userId}`,
    });
  }
  if (input.orderNumber) {
    await em.execute('update customer_order set recharge_number = ? where number = ? and buyer_id = ?', [
      input.number,
      input.orderNumber,
      input.customerId,
    ]);
  }
  await emit(em, [input.customerId, input.sellerId], 'recharge', { number: input.number, state: 'pending' });
}

/** Moves a recharge, with its history and the event for the screens of both parties. */
export async function moveRecharge(
  em: EntityManager,
  number: string,
  to: RechargeState,
  move: { at: string; actor: string; reason?: string },
  set: Record<string, string> = {},
): Promise<boolean> {
  const [row] = await em.execute<
    { id: string; customerId: string; sellerId: string; state: RechargeState }[]
  >(
    `select id, customer_id as "customerId", seller_id as "sellerId", state from recharge where number = ? for update`,
    [number],
  );
  if (!row) throw new Error(`recharge ${number} does not exist`);
  if (row.state === to) return false;
  assertMove(`recharge ${number}`, rechargeStates, row.state, to);
  const assignments = ['state', ...Object.keys(set)].map((column) => `${column} = ?`).join(', ');
  await em.execute(`update recharge set ${assignments} where id = ?`, [to, ...Object.values(set), row.id]);
  await writeEvent(em, row, row.state, to, move);
  await emit(em, [row.customerId, row.sellerId], 'recharge', { number, state: to });
  return true;
}

async function writeEvent(
  em: EntityManager,
  row: { id: string; customerId: string; sellerId: string },
  from: string | null,
  to: string,
  { at, actor, reason }: { at: string; actor: string; reason?: string },
): Promise<void> {
  await em.execute(
    `insert into recharge_event (recharge_id, customer_id, seller_id, from_state, to_state, actor, reason, at)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
    [row.id, row.customerId, row.sellerId, from, to, actor, reason ?? null, at],
  );
}

interface BindingRow {
  id: string;
  organisation_id: string;
  app_id: string;
  merchant_id: string;
  gateway_url: string;
  channel_public_key: string;
  private_key_sealed: string;
  callback_code: string;
}

/** An Alipay binding with its private key opened, as the gateway takes it. */
export interface OpenedBinding {
  id: string;
  organisationId: string;
  alipay: AlipayBinding;
}

const bindingColumns =
  'id, organisation_id, app_id, merchant_id, gateway_url, channel_public_key, private_key_sealed, callback_code';

/** The active binding of a seller (never inherited), or the one that a recharge was made with; null without one. */
export async function readBinding(
  em: EntityManager,
  secrets: SecretBox,
  by: { sellerId: string } | { id: string },
  publicUrl: string,
): Promise<OpenedBinding | null> {
  const [row] =
    'id' in by
      ? await em.execute<BindingRow[]>(`select ${bindingColumns} from payment_binding where id = ?`, [by.id])
      : await em.execute<BindingRow[]>(
          `select ${bindingColumns} from payment_binding where organisation_id = ? and channel = 'alipay' and state = 'active'`,
          [by.sellerId],
        );
  if (!row) return null;
  const place = { table: 'payment_binding', column: 'private_key_sealed', id: row.id };
  return {
    id: row.id,
    organisationId: row.organisation_id,
    alipay: {
      gatewayUrl: row.gateway_url,
      appId: row.app_id,
      sellerId: row.merchant_id,
      appPrivateKey: secrets.open(row.private_key_sealed, place).reveal(),
      alipayPublicKey: row.channel_public_key,
      notifyUrl: `${publicUrl}/callback/alipay/${row.callback_code}`,
    },
  };
}
