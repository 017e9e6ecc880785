import type { EntityManager } from '@mikro-orm/postgresql';
import { combinedUnitPrice } from '../../domain/pricing/amount.ts';
import type { PeriodDiscount } from '../../domain/pricing/amount.ts';
import { inForce } from './terms.ts';

/** The list price of one unit of each plan at an instant; plans of which a component has no price are left out. */
export async function readUnitPrices(
  em: EntityManager,
  planIds: readonly string[],
  at: Date,
): Promise<Map<string, string>> {
  const rows = await em.execute<{ plan_id: string; units: string; unit_price: string | null }[]>(
    `select c.plan_id, c.units, l.unit_price
     from component c left join list_price l on l.component_id = c.id and ${inForce('l')}
     where c.plan_id = any (?::uuid[])`,
    [at, at, `{${planIds.join(',')}}`],
  );
  const prices = new Map<string, string>();
  for (const [planId, components] of Map.groupBy(rows, (row) => row.plan_id)) {
    const priced = components.flatMap(({ units, unit_price }) =>
      unit_price === null ? [] : [{ units, unitPrice: unit_price }],
    );
    if (priced.length === components.length) prices.set(planId, combinedUnitPrice(priced));
  }
  return prices;
}

/** The period discounts of plans in force at an instant. */
export async function readPeriodDiscounts(
  em: EntityManager,
  planIds: readonly string[],
  at: Date,
): Promise<Map<string, PeriodDiscount[]>> {
  const rows = await em.execute<{ plan_id: string; months: number; rate: string }[]>(
    `select plan_id, months, rate from period_discount d
     where plan_id = any (?::uuid[]) and ${inForce('d')} order by months`,
    [`{${planIds.join(',')}}`, at, at],
  );
  const byPlan = Map.groupBy(rows, (row) => row.plan_id);
  return new Map(
    [...byPlan].map(([planId, found]) => [planId, found.map(({ months, rate }) => ({ months, rate }))]),
  );
}
