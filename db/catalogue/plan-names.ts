import type { EntityManager } from '@mikro-orm/postgresql';
import type { Bilingual } from '../../domain/catalogue/attributes.ts';

export interface PlanName {
  readonly productCode: string;
  readonly product: Bilingual;
  readonly plan: Bilingual;
}

/** Names of plans on the shelf, also of those this storefront sells no longer; what is off the shelf has no name here. */
export async function readPlanNames(
  em: EntityManager,
  planIds: readonly string[],
): Promise<Map<string, PlanName>> {
  const rows = await em.execute<
    { id: string; code: string; product_zh: string; product_en: string; name_zh: string; name_en: string }[]
  >(
    `select p.id, r.code, r.name_zh as product_zh, r.name_en as product_en, p.name_zh, p.name_en
     from plan p join product r on r.id = p.product_id where p.id = any (?::uuid[])`,
    [`{${planIds.join(',')}}`],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        productCode: row.code,
        product: { zh: row.product_zh, en: row.product_en },
        plan: { zh: row.name_zh, en: row.name_en },
      },
    ]),
  );
}
