import type { EntityManager } from '@mikro-orm/postgresql';
import type { PriceTerm } from '../../domain/pricing/amount.ts';
import type { SaleMode } from '../../domain/pricing/leg.ts';
import { inForce, termOf } from './terms.ts';

/** What an organisation itself buys a plan for, or sells it at: its own side of the edge above, and nothing above that. */
export interface OwnTerm {
  readonly planId: string;
  readonly mode: SaleMode;
  /** Its cost (discount mode). */
  readonly price: PriceTerm | null;
  /** Its commission (rebate mode). */
  readonly commissionRate: string;
}

/** The terms an organisation buys plans on at an instant. Runs as that organisation: it is a party of them. */
export async function readOwnTerms(
  em: EntityManager,
  organisationId: string,
  planIds: readonly string[],
  at: Date,
): Promise<Map<string, OwnTerm>> {
  const rows = await em.execute<
    {
      plan_id: string;
      mode: SaleMode;
      rate: string | null;
      unit_price: string | null;
      commission_rate: string;
    }[]
  >(
    `select distinct on (p.id) p.id as plan_id, t.mode, t.rate, t.unit_price, t.commission_rate
     from plan p
       left join product_supply s on s.product_id = p.product_id
       join edge e on e.buyer_id = ? and (e.kind = 'distribution' or e.seller_id = s.supplier_id)
         and e.state = 'effective' and ${inForce('e')}
       join edge_term t on t.edge_id = e.id and ${inForce('t')}
         and (t.plan_id = p.id or (t.plan_id is null and (t.product_id = p.product_id or t.product_id is null)))
     where p.id = any (?::uuid[])
     order by p.id, t.plan_id nulls last, t.product_id nulls last, t.id`,
    [organisationId, at, at, at, at, `{${planIds.join(',')}}`],
  );
  return new Map(
    rows.map((row) => [
      row.plan_id,
      { planId: row.plan_id, mode: row.mode, price: termOf(row), commissionRate: row.commission_rate },
    ]),
  );
}

/** One version of an organisation's retail price; product and plan are null where it is for all. */
export interface RetailVersion {
  readonly id: string;
  readonly productId: string | null;
  readonly planId: string | null;
  readonly rate: string | null;
  readonly unitPrice: string | null;
  readonly floorRate: string | null;
  readonly validFrom: Date;
  readonly validTo: Date | null;
}

/** The retail prices of an organisation that are in force at an instant or begin later, latest first. */
export function readRetailVersions(
  em: EntityManager,
  organisationId: string,
  at: Date,
): Promise<RetailVersion[]> {
  return em.execute<RetailVersion[]>(
    `select id, product_id as "productId", plan_id as "planId", trim_scale(rate)::text as rate,
       trim_scale(unit_price)::text as "unitPrice", trim_scale(floor_rate)::text as "floorRate",
       valid_from as "validFrom", valid_to as "validTo"
     from retail_price where organisation_id = ? and (valid_to is null or valid_to > ?)
     order by valid_from desc, id limit 1000`,
    [organisationId, at],
  );
}
