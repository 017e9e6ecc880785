import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import { listingActions } from '../../domain/catalogue/listing.ts';
import { readListingEvents } from '../../db/catalogue/listing.ts';
import { readPlans, type PlanRecord } from '../../db/catalogue/plans.ts';
import { readProduct, type ProductRecord } from '../../db/catalogue/products.ts';
import { readUnitPrices } from '../../db/pricing/list-prices.ts';
import type { SignedInContext } from '../context.ts';
import { instant } from '../pages.ts';
import type { planSchema, productDetailSchema, productSchema } from './staff-schemas.ts';

/** A product as a row of the staff's list. */
export function productView(row: ProductRecord): z.input<typeof productSchema> {
  const { id, code, kind, name, summary, provider, attributes, state, supplierId, poolId } = row;
  return {
    ...{ id, code, kind, name, summary, provider, attributes, state, supplierId, poolId },
    createdAt: instant(row.createdAt),
    updatedAt: instant(row.updatedAt),
  };
}

/** A product of one's own organisation with plans, history and what the caller may do to it. */
export async function productDetail(
  em: EntityManager,
  context: SignedInContext,
  id: string,
): Promise<z.input<typeof productDetailSchema>> {
  const product = await readProduct(em, context.session.organisationId, id);
  const plans = await readPlans(em, id);
  const prices = await readUnitPrices(
    em,
    plans.map((plan) => plan.id),
    context.now,
  );
  const events = await readListingEvents(em, id);
  const actions = Object.entries(listingActions).flatMap(([action, { from, permission }]) =>
    from === product.state && context.session.permissions.has(permission) ? [action] : [],
  );
  return {
    ...productView(product),
    plans: plans.map((plan) => planView(plan, prices.get(plan.id) ?? null)),
    events: events.map(({ from, to, userName, reason, at }) => ({
      from,
      to,
      userName,
      reason,
      at: instant(at),
    })),
    actions,
  };
}

function planView(plan: PlanRecord, listUnitPrice: string | null): z.input<typeof planSchema> {
  return {
    ...plan,
    months: [...plan.months],
    choices: Object.fromEntries(Object.entries(plan.choices).map(([key, values]) => [key, [...values]])),
    listUnitPrice,
  };
}
