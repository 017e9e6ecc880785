import type { EntityManager } from '@mikro-orm/postgresql';

export interface ListPriceVersion {
  readonly planId: string;
  readonly componentId: string;
  readonly componentCode: string;
  readonly unit: string;
  readonly unitPrice: string | null;
  readonly validFrom: Date | null;
  readonly validTo: Date | null;
}

/** All versions of the list prices of a product's components, latest first; a component without a price has one empty row. */
export function readListPriceVersions(em: EntityManager, productId: string): Promise<ListPriceVersion[]> {
  return em.execute<ListPriceVersion[]>(
    `select c.plan_id as "planId", c.id as "componentId", c.code as "componentCode", c.unit,
       trim_scale(l.unit_price)::text as "unitPrice", l.valid_from as "validFrom", l.valid_to as "validTo"
     from component c left join list_price l on l.component_id = c.id
     where c.product_id = ? order by c.plan_id, c.code, l.valid_from desc`,
    [productId],
  );
}

export interface PeriodDiscountVersion {
  readonly planId: string;
  readonly months: number;
  readonly rate: string;
  readonly validFrom: Date;
  readonly validTo: Date | null;
}

/** All versions of the period discounts of a product's plans, latest first. */
export function readPeriodDiscountVersions(
  em: EntityManager,
  productId: string,
): Promise<PeriodDiscountVersion[]> {
  return em.execute<PeriodDiscountVersion[]>(
    `select plan_id as "planId", months, trim_scale(rate)::text as rate, valid_from as "validFrom", valid_to as "validTo"
     from period_discount where product_id = ? order by plan_id, months, valid_from desc`,
    [productId],
  );
}
