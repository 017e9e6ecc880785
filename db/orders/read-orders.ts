import type { EntityManager } from '@mikro-orm/postgresql';
import type { OrderLineState, OrderState } from '../../domain/orders/states.ts';
import { after, microsOf, type Position, type PositionedRow } from '../keyset.ts';

type Bilingual = { zh: string; en: string };

export interface OrderRow extends PositionedRow {
  id: string;
  number: string;
  buyerId: string;
  buyerName: string | null;
  state: OrderState;
  total: string;
  refunded: string;
  rechargeNumber: string | null;
  note: string | null;
  submittedAt: Date;
  expiresAt: Date;
  paidAt: Date | null;
  endedAt: Date | null;
  lineCount: number;
  titles: Bilingual[];
}

const orderColumns = `o.id, o.number, o.buyer_id as "buyerId", o.state, o.total::text, o.refunded::text,
  o.recharge_number as "rechargeNumber", o.note, o.submitted_at as "submittedAt", o.expires_at as "expiresAt",
  o.paid_at as "paidAt", o.ended_at as "endedAt", b.name as "buyerName",
  (select count(*)::int from order_line l where l.order_id = o.id) as "lineCount",
  (select coalesce(jsonb_agg(g.title order by g.first), '[]') from (
     select l.title, min(l.line) as first from order_line l where l.order_id = o.id group by l.group_number, l.title
     order by first limit 3) g) as titles, ${microsOf('o.submitted_at')}`;

/** Orders of one party (`buyer`: one's own; `seller`: of one's customers), latest first, one more than `limit`. */
export function listOrders(
  em: EntityManager,
  party: { as: 'buyer' | 'seller'; id: string },
  wanted: {
    position: Position | null;
    limit: number;
    state?: OrderState | undefined;
    customerId?: string | undefined;
  },
): Promise<OrderRow[]> {
  const next = after(wanted.position, 'o.submitted_at', 'o.id');
  const column = party.as === 'buyer' ? 'o.buyer_id' : 'o.seller_id';
  const filters: [string, unknown][] = [];
  if (wanted.state) filters.push(['and o.state = ?', wanted.state]);
  if (wanted.customerId) filters.push(['and o.buyer_id = ?', wanted.customerId]);
  return em.execute<OrderRow[]>(
    `select ${orderColumns} from customer_order o left join organisation b on b.id = o.buyer_id
     where ${column} = ? ${filters.map(([sql]) => sql).join(' ')} and ${next.sql}
     order by o.submitted_at desc, o.id desc limit ?`,
    [party.id, ...filters.map(([, value]) => value), ...next.values, wanted.limit + 1],
  );
}

/** One order in which the party is what it says; null otherwise. */
export async function readOrder(
  em: EntityManager,
  party: { as: 'buyer' | 'seller'; id: string },
  number: string,
): Promise<OrderRow | null> {
  const column = party.as === 'buyer' ? 'o.buyer_id' : 'o.seller_id';
  const [row] = await em.execute<OrderRow[]>(
    `select ${orderColumns} from customer_order o left join organisation b on b.id = o.buyer_id
     where ${column} = ? and o.number = ?`,
    [party.id, number],
  );
  return row ?? null;
}

export interface LineRow {
  line: number;
  group: number;
  title: Bilingual;
  kind: string;
  productCode: string | null;
  planCode: string | null;
  quantity: string;
  unit: string;
  months: number;
  configuration: Record<string, string>;
  list: string;
  price: string;
  state: OrderLineState;
  failureCode: string | null;
  resourceNumber: string | null;
  activatedAt: Date | null;
  project: string | null;
}

/** The lines of an order as its two parties see them: nothing of the chain behind. */
export function readLines(em: EntityManager, orderId: string): Promise<LineRow[]> {
  return em.execute<LineRow[]>(
    `select l.line, l.group_number as "group", l.title, l.kind, p.code as "productCode", n.code as "planCode",
       trim_scale(l.quantity)::text as quantity, l.quantity_unit as unit, l.months, l.configuration,
       l.list_amount::text as list, l.price::text, l.state, l.failure_code as "failureCode",
       r.number as "resourceNumber", l.activated_at as "activatedAt", j.name as project
     from order_line l left join product p on p.id = l.product_id left join plan n on n.id = l.plan_id
       left join resource r on r.line_id = l.id left join project j on j.id = l.project_id
     where l.order_id = ? order by l.line`,
    [orderId],
  );
}

export interface EventRow {
  line: number | null;
  state: string;
  reason: string | null;
  at: Date;
}

/** What happened to an order and its lines, in order. */
export function readEvents(em: EntityManager, orderId: string): Promise<EventRow[]> {
  return em.execute<EventRow[]>(
    `select line, to_state as state, reason, at from order_event where order_id = ? order by at, id`,
    [orderId],
  );
}

export interface LegRow extends PositionedRow {
  id: string;
  orderNumber: string;
  line: number;
  title: Bilingual | null;
  sellerId: string;
  buyerId: string;
  buyerName: string | null;
  mode: 'discount' | 'rebate';
  gross: string;
  commission: string;
  net: string;
  at: Date;
}

/** The legs in which an organisation sells (or buys): its own arrows of every chain, nobody else's; latest first. */
export function listLegs(
  em: EntityManager,
  party: { as: 'buyer' | 'seller'; id: string },
  wanted: { position: Position | null; limit: number; orderNumber?: string | undefined },
): Promise<LegRow[]> {
  const next = after(wanted.position, 's.frozen_at', 's.id');
  const order = wanted.orderNumber === undefined ? '' : 'and s.order_number = ?';
  return em.execute<LegRow[]>(
    `select s.id, s.order_number as "orderNumber", s.line, l.title, s.seller_id as "sellerId", s.buyer_id as "buyerId",
       b.name as "buyerName", s.mode, s.gross::text, s.commission::text, s.net::text, s.frozen_at as at,
       ${microsOf('s.frozen_at')}
     from sale_leg s left join order_line l on l.id = s.line_id left join organisation b on b.id = s.buyer_id
     where s.${party.as === 'buyer' ? 'buyer_id' : 'seller_id'} = ? ${order} and ${next.sql}
     order by s.frozen_at desc, s.id desc limit ?`,
    [
      party.id,
      ...(wanted.orderNumber === undefined ? [] : [wanted.orderNumber]),
      ...next.values,
      wanted.limit + 1,
    ],
  );
}
