import type { EntityManager } from '@mikro-orm/postgresql';
import type { AttributeValues, Bilingual } from '../../domain/catalogue/attributes.ts';
import type { Billing } from '../../domain/catalogue/offer.ts';
import { BusinessError } from '../../domain/errors.ts';
import { PlanEntity } from './entities.ts';
import { flushUnique } from './products.ts';

/** What of a plan can be changed after it was made. */
export interface PlanFields {
  readonly name: Bilingual;
  readonly specification: AttributeValues;
  readonly choices: Readonly<Record<string, readonly string[]>>;
  readonly months: readonly number[];
  readonly quantity: { readonly min: string; readonly max: string; readonly step: string };
  readonly maxPieces: number;
  readonly position: number;
  readonly state: 'active' | 'retired';
}

export interface NewPlan extends PlanFields {
  readonly code: string;
  readonly billing: Billing;
  readonly quantityUnit: string;
  readonly components: readonly { code: string; name: Bilingual; unit: string; units: string }[];
}

/** A plan as its owner edits it, with the stock behind the word that customers see. */
export interface PlanRecord extends PlanFields {
  readonly id: string;
  readonly productId: string;
  readonly code: string;
  readonly billing: Billing;
  readonly quantityUnit: string;
  readonly components: { id: string; code: string; name: Bilingual; unit: string; units: string }[];
  /** Null for unlimited. */
  readonly available: string | null;
  readonly reserved: string;
}

const columns = `p.id, p.product_id as "productId", p.code, p.billing, p.quantity_unit as "quantityUnit",
  jsonb_build_object('zh', p.name_zh, 'en', p.name_en) as name, p.specification, p.choices, p.months,
  jsonb_build_object('min', trim_scale(p.quantity_min)::text, 'max', trim_scale(p.quantity_max)::text,
    'step', trim_scale(p.quantity_step)::text) as quantity,
  p.max_pieces as "maxPieces", p.position, p.state, trim_scale(s.available)::text as available,
  coalesce(trim_scale(s.reserved)::text, '0') as reserved,
  (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'code', c.code, 'unit', c.unit,
     'units', trim_scale(c.units)::text, 'name', jsonb_build_object('zh', c.name_zh, 'en', c.name_en)) order by c.code), '[]')
   from component c where c.plan_id = p.id) as components`;

/** The plans of a product, in the order of the shop, retired ones included. */
export function readPlans(em: EntityManager, productId: string): Promise<PlanRecord[]> {
  return em.execute<PlanRecord[]>(
    `select ${columns} from plan p left join stock s on s.plan_id = p.id
     where p.product_id = ? order by p.position, p.id`,
    [productId],
  );
}

/** One plan of an organisation. @throws BusinessError NOT_FOUND */
export async function readPlan(em: EntityManager, organisationId: string, id: string): Promise<PlanRecord> {
  const [row] = await em.execute<PlanRecord[]>(
    `select ${columns} from plan p left join stock s on s.plan_id = p.id where p.organisation_id = ? and p.id = ?`,
    [organisationId, id],
  );
  if (!row) throw new BusinessError('NOT_FOUND');
  return row;
}

/** Adds a plan with its components and its stock (none yet). @throws BusinessError CODE_TAKEN */
export async function createPlan(
  em: EntityManager,
  owner: { organisationId: string; productId: string },
  plan: NewPlan,
): Promise<string> {
  const { organisationId, productId } = owner;
  const { code: planCode, billing, quantityUnit } = plan;
  const row = em.create(PlanEntity, {
    ...{ organisationId, productId, code: planCode, billing, quantityUnit },
    ...columnsOf(plan),
  });
  await flushUnique(em, planCode);
  for (const { code, name, unit, units } of plan.components) {
    await em.execute(
      `insert into component (plan_id, product_id, organisation_id, code, name_zh, name_en, unit, units)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
      [row.id, productId, organisationId, code, name.zh, name.en, unit, units],
    );
  }
  await em.execute('insert into stock (plan_id, organisation_id, available) values (?, ?, 0)', [
    row.id,
    organisationId,
  ]);
  return row.id;
}

/** Changes a plan; its code, billing, unit and components stay, for prices and orders hang on them. */
export async function changePlan(em: EntityManager, id: string, fields: PlanFields): Promise<void> {
  await em.nativeUpdate(PlanEntity, { id }, columnsOf(fields));
}

/** Sets how much there is beside what is reserved; null for unlimited. Waits for orders that are reserving. */
export async function setAvailable(
  em: EntityManager,
  planId: string,
  available: string | null,
): Promise<void> {
  await em.execute('update stock set available = ? where plan_id = ?', [available, planId]);
}

function columnsOf({ name, quantity, months, ...fields }: PlanFields) {
  const { specification, choices, maxPieces, position, state } = fields;
  return {
    ...{ specification, choices, maxPieces, position, state },
    months: [...months],
    nameZh: name.zh,
    nameEn: name.en,
    quantityMin: quantity.min,
    quantityMax: quantity.max,
    quantityStep: quantity.step,
  };
}
