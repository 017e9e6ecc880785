import type { EntityManager } from '@mikro-orm/postgresql';
import type { AttributeValues } from '../../domain/catalogue/attributes.ts';
import type { ProductKind } from '../../domain/catalogue/kinds.ts';
import type { Billing, Offer, OfferPlan, StockLevel } from '../../domain/catalogue/offer.ts';
import { plain } from '../../domain/catalogue/choice.ts';
import { unitPriceOf } from '../../domain/pricing/breakdown.ts';
import { readPeriodDiscounts } from '../pricing/list-prices.ts';
import { readStorefrontPrices } from '../pricing/storefront-prices.ts';
import type { StorefrontPrice } from '../pricing/storefront-prices.ts';
import type { PeriodDiscount } from '../../domain/pricing/amount.ts';

interface ProductRow {
  id: string;
  code: string;
  kind: ProductKind;
  name_zh: string;
  name_en: string;
  summary_zh: string;
  summary_en: string;
  provider_zh: string;
  provider_en: string;
  attributes: AttributeValues;
  created_at: string;
}

interface PlanRow {
  id: string;
  product_id: string;
  code: string;
  name_zh: string;
  name_en: string;
  billing: Billing;
  specification: AttributeValues;
  choices: OfferPlan['choices'];
  months: number[];
  quantity_unit: string;
  quantity_min: string;
  quantity_max: string;
  quantity_step: string;
  max_pieces: number;
}

/** Which offers are wanted; everything on sale where nothing is said. */
export interface OfferSelection {
  kind?: ProductKind | undefined;
  productCodes?: readonly string[];
  planIds?: readonly string[];
  planCode?: string;
}

/**
 * What a storefront sells at an instant: products on the shelf whose plans have a price there, with the customer's
 * price and stock as a word. Needs no organisation: public rows and definer functions only.
 */
export async function readOffers(
  em: EntityManager,
  sellerId: string,
  at: Date,
  selection: OfferSelection = {},
): Promise<Offer[]> {
  const plans = await readPlans(em, selection);
  const planIds = plans.map(({ id }) => id);
  if (planIds.length === 0) return [];
  const prices = await readStorefrontPrices(em, sellerId, planIds, at);
  const levels = await readStockLevels(em, planIds);
  const discounts = await readPeriodDiscounts(em, planIds, at);
  const byProduct = Map.groupBy(plans, (plan) => plan.product_id);
  const products = await em.execute<ProductRow[]>(
    `select id, code, kind, name_zh, name_en, summary_zh, summary_en, provider_zh, provider_en, attributes, created_at
     from product where id = any (?::uuid[]) and state = 'on-shelf' order by created_at desc, id`,
    [`{${[...byProduct.keys()].join(',')}}`],
  );
  return products.flatMap((product) => {
    const offered = (byProduct.get(product.id) ?? []).flatMap((plan) => {
      const price = prices.get(plan.id);
      return price ? [planOf(plan, price, levels.get(plan.id) ?? 'none', discounts.get(plan.id) ?? [])] : [];
    });
    return offered.length > 0 ? [offerOf(product, offered)] : [];
  });
}

function readPlans(
  em: EntityManager,
  { kind, productCodes, planIds, planCode }: OfferSelection,
): Promise<PlanRow[]> {
  const conditions: [string, unknown][] = [];
  if (kind) conditions.push(['r.kind = ?', kind]);
  if (productCodes)
    conditions.push(['r.code in (select jsonb_array_elements_text(?::jsonb))', JSON.stringify(productCodes)]);
  if (planIds) conditions.push(['p.id = any (?::uuid[])', `{${planIds.join(',')}}`]);
  if (planCode !== undefined) conditions.push(['p.code = ?', planCode]);
  return em.execute<PlanRow[]>(
    `select p.id, p.product_id, p.code, p.name_zh, p.name_en, p.billing, p.specification, p.choices, p.months,
       p.quantity_unit, p.quantity_min, p.quantity_max, p.quantity_step, p.max_pieces
     from plan p join product r on r.id = p.product_id
     where r.state = 'on-shelf' and p.state = 'active' ${conditions.map(([sql]) => `and ${sql}`).join(' ')}
     order by p.position, p.id`,
    conditions.map(([, value]) => value),
  );
}

async function readStockLevels(
  em: EntityManager,
  planIds: readonly string[],
): Promise<Map<string, StockLevel>> {
  const rows = await em.execute<{ plan_id: string; level: StockLevel }[]>(
    `select * from stock_levels(?::uuid[])`,
    [`{${planIds.join(',')}}`],
  );
  return new Map(rows.map(({ plan_id, level }) => [plan_id, level]));
}

function planOf(
  row: PlanRow,
  { listUnitPrice, price }: StorefrontPrice,
  stock: StockLevel,
  periodDiscounts: readonly PeriodDiscount[],
): OfferPlan {
  return {
    id: row.id,
    code: row.code,
    name: { zh: row.name_zh, en: row.name_en },
    billing: row.billing,
    specification: row.specification,
    choices: row.choices,
    months: row.months,
    periodDiscounts,
    quantity: {
      unit: row.quantity_unit,
      min: plain(row.quantity_min),
      max: plain(row.quantity_max),
      step: plain(row.quantity_step),
    },
    maxPieces: row.max_pieces,
    stock,
    listUnitPrice,
    price,
    unitPrice: unitPriceOf(price, listUnitPrice),
  };
}

function offerOf(row: ProductRow, plans: readonly OfferPlan[]): Offer {
  return {
    id: row.id,
    code: row.code,
    kind: row.kind,
    name: { zh: row.name_zh, en: row.name_en },
    summary: { zh: row.summary_zh, en: row.summary_en },
    provider: { zh: row.provider_zh, en: row.provider_en },
    attributes: row.attributes,
    plans,
    createdAt: new Date(row.created_at).toISOString(),
  };
}
