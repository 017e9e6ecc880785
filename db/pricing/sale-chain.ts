import type { EntityManager } from '@mikro-orm/postgresql';
import type { PeriodDiscount, PriceTerm } from '../../domain/pricing/amount.ts';
import type { ChainInput } from '../../domain/pricing/chain.ts';
import { PricingRefusal, principalPosition } from '../../domain/pricing/edge.ts';
import type { Edge, Party, Taxpayer } from '../../domain/pricing/edge.ts';
import type { SaleMode } from '../../domain/pricing/leg.ts';
import type { Reduction } from '../../domain/pricing/reduction.ts';
import { readPeriodDiscounts, readUnitPrices } from './list-prices.ts';
import { floorOf, inForce, termOf } from './terms.ts';

/** Terms of the agreement behind a leg that the order keeps and the ledger books by. */
export interface EdgeTerms {
  readonly edgeId: string;
  readonly upstreamPay: 'credit' | 'deposit';
  readonly settleable: 'activation' | 'payment' | 'no-reason-end' | 'monthly';
}

/** All that prices one plan for one seller at one instant, read once; parties and edges from the supplier down. */
export interface SaleChain {
  readonly planId: string;
  readonly product: ChainInput['product'];
  readonly parties: readonly Party[];
  readonly edges: readonly Edge[];
  /** One per edge, in the same order; the leg to the customer has none. */
  readonly terms: readonly EdgeTerms[];
  readonly retail: ChainInput['retail'];
  readonly listUnitPrice: string;
  readonly periodDiscounts: readonly PeriodDiscount[];
}

interface EdgeRow {
  plan_id: string;
  level: number;
  edge_id: string;
  kind: 'supply' | 'distribution';
  seller_id: string;
  buyer_id: string;
  mode: SaleMode;
  rate: string | null;
  unit_price: string | null;
  commission_rate: string;
  floor_rate: string | null;
  upstream_pay: EdgeTerms['upstreamPay'];
  settleable: EdgeTerms['settleable'];
}

/** What is bought of the plan, and what comes off; completes a chain to what `priceChain` and `priceGroup` take. */
export function chainInputOf(
  chain: SaleChain,
  bought: {
    customerId: string;
    quantity: string;
    months: number;
    reductions?: readonly Reduction[];
    permits?: ChainInput['permits'];
  },
): ChainInput {
  const { product, parties, edges, retail, listUnitPrice, periodDiscounts } = chain;
  return {
    product,
    parties,
    edges,
    retail,
    customer: bought.customerId,
    measure: { listUnitPrice, periodDiscounts, quantity: bought.quantity, months: bought.months },
    ...(bought.reductions && { reductions: bought.reductions }),
    ...(bought.permits && { permits: bought.permits }),
  };
}

/**
 * Reads the chains of plans from a seller up to their suppliers, as in force at an instant. Worker, reason `price-chain`.
 * @throws PricingRefusal OUT_OF_SCOPE where an agreement is missing on the way, PRICE_MISSING without a list price
 */
export async function loadSaleChains(
  em: EntityManager,
  sellerId: string,
  planIds: readonly string[],
  at: Date,
): Promise<Map<string, SaleChain>> {
  const wanted = [...new Set(planIds)];
  const rows = await em.execute<EdgeRow[]>(
    `select * from sale_edges(?::uuid, ?::uuid[], ?) order by plan_id, level desc`,
    [sellerId, arrayOf(wanted), at],
  );
  const products = await em.execute<{ plan_id: string; id: string; kind: string }[]>(
    `select p.id as plan_id, r.id, r.kind from plan p join product r on r.id = p.product_id where p.id = any (?::uuid[])`,
    [arrayOf(wanted)],
  );
  const organisations = [...new Set(rows.flatMap((row) => [row.seller_id, row.buyer_id]))];
  const taxpayers = await readTaxpayers(em, organisations, at);
  const prices = await readUnitPrices(em, wanted, at);
  const discounts = await readPeriodDiscounts(em, wanted, at);
  const chains = new Map<string, SaleChain>();
  for (const product of products) {
    const planId = product.plan_id;
    const edgeRows = rows.filter((row) => row.plan_id === planId);
    if (hasGap(edgeRows)) throw new PricingRefusal('OUT_OF_SCOPE', await gapIn(em, edgeRows, sellerId));
    const ids = [edgeRows[0]!.seller_id, ...edgeRows.map((row) => row.buyer_id)];
    const listUnitPrice = prices.get(planId);
    if (listUnitPrice === undefined)
      throw new PricingRefusal('PRICE_MISSING', { seller: ids[1]!, buyer: ids[1]! });
    const edges = edgeRows.map(edgeOf);
    chains.set(planId, {
      planId,
      product: { id: product.id, kind: product.kind },
      parties: ids.map((id) => ({ id, taxpayer: taxpayers.get(id) ?? generalTaxpayer })),
      edges,
      terms: edgeRows.map(({ edge_id, upstream_pay, settleable }) => ({
        edgeId: edge_id,
        upstreamPay: upstream_pay,
        settleable,
      })),
      retail: await readRetail(em, ids[principalPosition(edges)]!, { planId, productId: product.id }, at),
      listUnitPrice,
      periodDiscounts: discounts.get(planId) ?? [],
    });
  }
  return chains;
}

/** Organisations that said nothing are general taxpayers of modern services (6 %). */
const generalTaxpayer: Taxpayer = { kind: 'general', rate: '0.06' };

function edgeOf(row: EdgeRow): Edge {
  return {
    seller: row.seller_id,
    buyer: row.buyer_id,
    mode: row.mode,
    // Terms were chosen for this plan by the query: what is out of scope has no row.
    scope: { all: true },
    price: termOf(row),
    commissionRate: row.mode === 'rebate' ? row.commission_rate : null,
    floor: floorOf(row.floor_rate),
  };
}

async function readTaxpayers(
  em: EntityManager,
  ids: readonly string[],
  at: Date,
): Promise<Map<string, Taxpayer>> {
  const rows = await em.execute<{ organisation_id: string; kind: Taxpayer['kind']; vat_rate: string }[]>(
    `select organisation_id, kind, vat_rate from organisation_taxpayer t
     where organisation_id = any (?::uuid[]) and ${inForce('t')}`,
    [arrayOf(ids), at, at],
  );
  return new Map(rows.map((row) => [row.organisation_id, { kind: row.kind, rate: row.vat_rate }]));
}

/** The principal's price to customers: its narrowest retail price in force, else the list price. */
async function readRetail(
  em: EntityManager,
  principalId: string,
  of: { planId: string; productId: string },
  at: Date,
): Promise<ChainInput['retail']> {
  const [row] = await em.execute<
    { rate: string | null; unit_price: string | null; floor_rate: string | null }[]
  >(
    `select rate, unit_price, floor_rate from retail_price r
     where organisation_id = ? and ${inForce('r')}
       and (plan_id = ? or (plan_id is null and (product_id = ? or product_id is null)))
     order by plan_id nulls last, product_id nulls last limit 1`,
    [principalId, at, at, of.planId, of.productId],
  );
  const listPrice: PriceTerm = { kind: 'rate', rate: '1' };
  return row ? { price: termOf(row), floor: floorOf(row.floor_rate) } : { price: listPrice, floor: null };
}

/** Rows come from the supplier (highest level) down to the customer's seller (level 0). */
function hasGap(rows: readonly EdgeRow[]): boolean {
  return rows[0]?.kind !== 'supply' || rows.some((row, index) => row.level !== rows.length - 1 - index);
}

/** The two neighbours, nearest to the customer, between whom an agreement is missing. */
async function gapIn(
  em: EntityManager,
  rows: readonly EdgeRow[],
  sellerId: string,
): Promise<{ seller: string; buyer: string }> {
  const upwards = rows.toReversed();
  const covered = upwards.findIndex((row, level) => row.level !== level);
  const below = upwards[(covered < 0 ? upwards.length : covered) - 1];
  const buyer = below?.seller_id ?? sellerId;
  const [organisation] = await em.execute<{ parent_id: string | null }[]>(
    'select parent_id from organisation where id = ?',
    [buyer],
  );
  return { seller: organisation?.parent_id ?? buyer, buyer };
}

export const arrayOf = (ids: readonly string[]): string => `{${ids.join(',')}}`;
