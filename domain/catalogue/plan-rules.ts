import { BusinessError } from '../errors.ts';
import { maximumMonths, parseQuantity } from '../pricing/amount.ts';
import { checkAttributes } from './attributes.ts';
import { optionsOfKind } from './choice.ts';
import type { ProductKind } from './kinds.ts';
import type { Billing } from './offer.ts';
import { attributeSchemas } from './schemas/schemas.ts';

/** What staff write of a plan, before it is known to be sound. */
export interface PlanDraft {
  readonly billing: Billing;
  readonly specification: Readonly<Record<string, unknown>>;
  readonly choices: Readonly<Record<string, readonly string[]>>;
  readonly months: readonly number[];
  readonly quantity: { readonly min: string; readonly max: string; readonly step: string };
}

/**
 * Refuses a plan that could not be sold as written.
 * @throws BusinessError PLAN_PERIODS_NOT_VALID, PLAN_QUANTITY_NOT_VALID, PLAN_CHOICE_UNKNOWN, QUANTITY_NOT_VALID and
 *   those of `checkAttributes`
 */
export function checkPlan(kind: ProductKind, plan: PlanDraft): void {
  checkAttributes(attributeSchemas[kind], 'plan', plan.specification);
  const { months, billing, choices, quantity } = plan;
  const isPeriod = (month: number): boolean =>
    Number.isInteger(month) && month >= 1 && month <= maximumMonths;
  const periodsFit =
    billing === 'subscription' ? months.length > 0 && months.every(isPeriod) : months.length === 0;
  if (!periodsFit || new Set(months).size !== months.length) {
    throw new BusinessError('PLAN_PERIODS_NOT_VALID', {}, { months: 'PLAN_PERIODS_NOT_VALID' });
  }
  const [min, max] = [quantity.min, quantity.max, quantity.step].map(parseQuantity) as [
    bigint,
    bigint,
    bigint,
  ];
  if (max < min)
    throw new BusinessError('PLAN_QUANTITY_NOT_VALID', {}, { quantity: 'PLAN_QUANTITY_NOT_VALID' });
  const known = optionsOfKind[kind].map(({ key }) => key);
  const unknown = Object.keys(choices).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new BusinessError(
      'PLAN_CHOICE_UNKNOWN',
      { key: unknown.slice(0, 60) },
      { choices: 'PLAN_CHOICE_UNKNOWN' },
    );
  }
}

/** What a listing needs before a reviewer may look at it. */
export interface ListingDraft {
  readonly kind: ProductKind;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly hasSupply: boolean;
  readonly plans: readonly {
    readonly specification: Readonly<Record<string, unknown>>;
    readonly hasListPrice: boolean;
  }[];
}

/**
 * Refuses the submission of a product that could not be put on the shelf.
 * @throws BusinessError PRODUCT_NOT_COMPLETE, ATTRIBUTE_MISSING
 */
export function assertComplete({ kind, attributes, hasSupply, plans }: ListingDraft): void {
  const schema = attributeSchemas[kind];
  checkAttributes(schema, 'product', attributes, true);
  for (const plan of plans) checkAttributes(schema, 'plan', plan.specification, true);
  if (!hasSupply || plans.length === 0 || plans.some((plan) => !plan.hasListPrice)) {
    throw new BusinessError('PRODUCT_NOT_COMPLETE');
  }
}
