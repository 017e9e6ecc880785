import type { EntityManager } from '@mikro-orm/postgresql';
import type { PaidBy, Settleable } from '../../domain/ledger/draft.ts';
import type { Leg } from '../../domain/pricing/leg.ts';
import type { ReductionKind } from '../../domain/pricing/reduction.ts';

/** A frozen line as the processes read it back; legs in the order of the chain. */
export interface SoldLine {
  id: string;
  orderId: string;
  orderNumber: string;
  line: number;
  buyerId: string;
  sellerId: string;
  planId: string;
  state: string;
  price: bigint;
  quantity: string;
  months: number;
  billing: 'one-off' | 'subscription' | 'pack';
  externalName: string;
  resourceId: string | null;
  title: { zh: string; en: string };
  /** As frozen at the submission; what the gift balance paid is not yet taken off. */
  legs: SoldLeg[];
  reductions: { kind: ReductionKind; rule: string; giver: string; amount: bigint }[];
  /** The part of the price that the gift balance pays, known once the order is paid; 分. */
  gift: bigint;
}

type SoldLeg = Leg & { upstreamPay: PaidBy; settleable: Settleable };

/** Reads one frozen line with its whole chain; for processes only, never for an answer to a party. */
export async function readSoldLine(em: EntityManager, orderNumber: string, line: number): Promise<SoldLine> {
  const [row] = await em.execute<Row[]>(
    `select l.id, l.order_id as "orderId", l.order_number as "orderNumber", l.line, l.buyer_id as "buyerId",
       l.seller_id as "sellerId", l.plan_id as "planId", l.state, l.price::text, l.quantity::text, l.months, p.billing,
       l.external_name as "externalName", l.resource_id as "resourceId", l.title,
       (select jsonb_agg(jsonb_build_object('index', s.position, 'seller', s.seller_id, 'buyer', s.buyer_id,
          'mode', s.mode, 'gross', s.gross::text, 'commission', s.commission::text, 'net', s.net::text,
          'vatRate', trim_scale(s.vat_rate)::text, 'commissionVatRate', trim_scale(s.commission_vat_rate)::text,
          'grossNet', s.gross_net::text, 'grossVat', s.gross_vat::text, 'commissionNet', s.commission_net::text,
          'commissionVat', s.commission_vat::text, 'deductible', s.deductible,
          'upstreamPay', coalesce(e.upstream_pay, 'credit'), 'settleable', replace(coalesce(e.settleable, 'activation'), 'no-reason-end', 'no-reason-days'))
          order by s.position)
        from sale_leg s left join edge e on e.id = s.edge_id where s.line_id = l.id) as legs,
       (select coalesce(jsonb_agg(jsonb_build_object('kind', r.kind, 'rule', r.rule, 'giver', r.giver_id,
          'amount', r.amount::text) order by r.id), '[]') from reduction r where r.line_id = l.id) as reductions
     from order_line l join plan p on p.id = l.plan_id where l.order_number = ? and l.line = ?`,
    [orderNumber, line],
  );
  if (!row) throw new Error(`order line ${orderNumber}/${line} does not exist`);
  const reductions = row.reductions.map((one) => ({ ...one, amount: BigInt(one.amount) }));
  const gift = reductions.reduce((sum, { kind, amount }) => (kind === 'gift' ? sum + amount : sum), 0n);
  return { ...row, price: BigInt(row.price), legs: row.legs.map(asLeg), reductions, gift };
}

interface Row extends Omit<SoldLine, 'price' | 'legs' | 'reductions' | 'gift'> {
  price: string;
  legs: LegRow[];
  reductions: { kind: ReductionKind; rule: string; giver: string; amount: string }[];
}

type Amounts = 'gross' | 'commission' | 'net' | 'grossNet' | 'grossVat' | 'commissionNet' | 'commissionVat';
type LegRow = Omit<SoldLeg, Amounts> & Record<Amounts, string>;

function asLeg(row: LegRow): SoldLeg {
  const { gross, commission, net, grossNet, grossVat, commissionNet, commissionVat, ...rest } = row;
  return {
    ...rest,
    gross: BigInt(gross),
    commission: BigInt(commission),
    net: BigInt(net),
    grossNet: BigInt(grossNet),
    grossVat: BigInt(grossVat),
    commissionNet: BigInt(commissionNet),
    commissionVat: BigInt(commissionVat),
  };
}
