import type { EntityManager } from '@mikro-orm/postgresql';
import type { Leg } from '../../domain/pricing/leg.ts';
import type { Reduction } from '../../domain/pricing/reduction.ts';
import { externalNameOf } from '../../domain/numbers.ts';
import { emit } from '../stream.ts';

/** One order line as it is frozen: what is bought, from whom, at which legs and reductions. */
export interface FrozenLine {
  line: number;
  /** Lines of one cart line are shown as one group. */
  group: number;
  productId: string;
  planId: string;
  kind: string;
  title: { zh: string; en: string };
  configuration: Record<string, unknown>;
  specification: Record<string, unknown>;
  quantity: string;
  quantityUnit: string;
  months: number;
  list: bigint;
  payable: bigint;
  projectId: string;
  legs: readonly Leg[];
  /** Agreement of each leg; the last, to the customer, has none. */
  edgeIds: readonly (string | null)[];
  reductions: readonly Reduction[];
}

export interface FrozenOrder {
  number: string;
  buyerId: string;
  sellerId: string;
  userId: string;
  at: string;
  expiresAt: string;
  note?: string;
  lines: readonly FrozenLine[];
}

/**
 * Writes an order with its lines, legs and reductions, awaiting payment, in the caller's transaction. The customer's
 * account manager, department, source and verification are frozen on each line, so that later analysis needs no guess.
 */
export async function writeOrder(em: EntityManager, order: FrozenOrder): Promise<void> {
  const total = order.lines.reduce((sum, line) => sum + line.payable, 0n);
  const [{ id }] = (await em.execute(
    `insert into customer_order (number, buyer_id, seller_id, user_id, state, total, note, expires_at, submitted_at)
     values (?, ?, ?, ?, 'awaiting-payment', ?, ?, ?, ?) returning id`,
    [
      order.number,
      order.buyerId,
      order.sellerId,
      order.userId,
      total.toString(),
      order.note ?? null,
      order.expiresAt,
      order.at,
    ],
  )) as [{ id: string }];
  await em.execute(
    `insert into order_event (order_id, buyer_id, seller_id, to_state, actor, workflow_id, at)
     values (?, ?, ?, 'awaiting-payment', ?, ?, ?)`,
    [id, order.buyerId, order.sellerId, `user/${order.userId}`, `order/${order.number}`, order.at],
  );
  for (const line of order.lines) await writeLine(em, id, order, line);
  await emit(em, [order.buyerId, order.sellerId], 'order', {
    number: order.number,
    state: 'awaiting-payment',
  });
}

async function writeLine(
  em: EntityManager,
  orderId: string,
  order: FrozenOrder,
  line: FrozenLine,
): Promise<void> {
  const saved = line.reductions.map(({ kind, amount }) => ({ kind, amount: amount.toString() }));
  const breakdown = { list: line.list.toString(), reductions: saved, payable: line.payable.toString() };
  const [{ id }] = (await em.execute(
    `insert into order_line (order_id, order_number, line, buyer_id, seller_id, product_id, plan_id, kind, title,
       group_number, configuration, specification, quantity, quantity_unit, months, list_amount, price, breakdown,
       state, external_name, project_id, sales_person_id, department_id, source,
       source_code, verification)
     select ?, ?, ?, c.customer_id, c.seller_id, ?, ?, ?, ?::jsonb, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?::jsonb,
       'awaiting-payment', ?, ?, c.account_manager_id, c.department_id, c.source,
       c.source_code, c.verification
     from customer_profile c where c.customer_id = ? and c.seller_id = ? returning id`,
    [
      ...[
        orderId,
        order.number,
        line.line,
        line.productId,
        line.planId,
        line.kind,
        JSON.stringify(line.title),
      ],
      ...[line.group, JSON.stringify(line.configuration), JSON.stringify(line.specification)],
      ...[line.quantity, line.quantityUnit, line.months, line.list.toString(), line.payable.toString()],
      ...[JSON.stringify(breakdown), externalNameOf(order.number, line.line), line.projectId],
      ...[order.buyerId, order.sellerId],
    ],
  )) as [{ id: string }];
  await writeLegs(em, id, order, line);
  for (const { giver, kind, rule, amount } of line.reductions) {
    await em.execute('insert into reduction (line_id, giver_id, kind, rule, amount) values (?, ?, ?, ?, ?)', [
      id,
      giver,
      kind,
      rule,
      amount.toString(),
    ]);
  }
}

async function writeLegs(
  em: EntityManager,
  lineId: string,
  order: FrozenOrder,
  { line, legs, edgeIds }: FrozenLine,
): Promise<void> {
  const row = '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
  await em.execute(
    `insert into sale_leg (line_id, order_number, line, position, edge_id, seller_id, buyer_id, mode, gross, commission,
       net, vat_rate, commission_vat_rate, gross_net, gross_vat, commission_net, commission_vat, deductible, frozen_at)
     values ${legs.map(() => row).join(', ')}`,
    legs.flatMap((leg) => [
      ...[lineId, order.number, line, leg.index, edgeIds[leg.index] ?? null, leg.seller, leg.buyer, leg.mode],
      ...[leg.gross, leg.commission, leg.net].map(String),
      ...[leg.vatRate, leg.commissionVatRate],
      ...[leg.grossNet, leg.grossVat, leg.commissionNet, leg.commissionVat].map(String),
      ...[leg.deductible, order.at],
    ]),
  );
}
