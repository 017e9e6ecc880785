import type { EntityManager } from '@mikro-orm/postgresql';
import type { PriceTerm } from '../../domain/pricing/amount.ts';
import { termOf } from './terms.ts';

/** What customers of a storefront pay for a plan. Nothing of the chain behind it is known here. */
export interface StorefrontPrice {
  readonly listUnitPrice: string;
  readonly price: PriceTerm;
}

/**
 * The customers' prices of plans on sale in a seller's storefront at an instant; plans that are not sold there are
 * missing. Runs as anybody: the definer function of the database answers the customer's price only.
 */
export async function readStorefrontPrices(
  em: EntityManager,
  sellerId: string,
  planIds: readonly string[],
  at: Date,
): Promise<Map<string, StorefrontPrice>> {
  const rows = await em.execute<
    { plan_id: string; list_unit_price: string; rate: string | null; unit_price: string | null }[]
  >(`select * from storefront_prices(?::uuid, ?::uuid[], ?)`, [sellerId, `{${planIds.join(',')}}`, at]);
  return new Map(
    rows.map((row) => [row.plan_id, { listUnitPrice: row.list_unit_price, price: termOf(row)! }]),
  );
}
