import { BusinessError } from '../errors.ts';
import { parseQuantity } from '../pricing/amount.ts';
import type { Bilingual } from './attributes.ts';
import type { ProductKind } from './kinds.ts';
import type { OfferPlan } from './offer.ts';

/** Something the customer chooses besides plan, quantity and period; the plan lists the values. */
export interface OptionDefinition {
  readonly key: string;
  readonly name: Bilingual;
}

const image: OptionDefinition = { key: 'image', name: { zh: '镜像', en: 'Image' } };

/** The options of each kind; what a plan lists no values for is not asked. */
export const optionsOfKind: Readonly<Record<ProductKind, readonly OptionDefinition[]>> = {
  supercomputing: [],
  'ai-computing': [image],
  'cloud-host': [image],
  'bare-metal': [image],
  storage: [],
  container: [],
  'dedicated-line': [],
};

/** What a customer wants of a plan: one cart line. */
export interface PlanChoice {
  /** Units of the plan's quantity in each piece; a decimal. */
  readonly quantity: string;
  /** 0 for one-off and packs. */
  readonly months: number;
  readonly pieces: number;
  readonly configuration: Readonly<Record<string, unknown>>;
}

/**
 * Refuses a choice that the plan does not offer.
 * @throws BusinessError QUANTITY_NOT_VALID, QUANTITY_NOT_OFFERED, PLAN_PERIOD_NOT_OFFERED, PLAN_HAS_NO_PERIOD,
 *   PIECES_NOT_OFFERED, OPTION_NOT_OFFERED
 */
export function checkChoice(
  kind: ProductKind,
  plan: Pick<OfferPlan, 'quantity' | 'months' | 'maxPieces' | 'billing' | 'choices'>,
  choice: PlanChoice,
): void {
  checkQuantity(plan.quantity, choice.quantity);
  if (plan.billing !== 'subscription' && choice.months !== 0) {
    throw new BusinessError('PLAN_HAS_NO_PERIOD', {}, { months: 'PLAN_HAS_NO_PERIOD' });
  }
  if (plan.billing === 'subscription' && !plan.months.includes(choice.months)) {
    throw new BusinessError(
      'PLAN_PERIOD_NOT_OFFERED',
      { months: choice.months, offered: plan.months.join(', ') },
      { months: 'PLAN_PERIOD_NOT_OFFERED' },
    );
  }
  if (!Number.isInteger(choice.pieces) || choice.pieces < 1 || choice.pieces > plan.maxPieces) {
    throw new BusinessError(
      'PIECES_NOT_OFFERED',
      { maximum: plan.maxPieces },
      { pieces: 'PIECES_NOT_OFFERED' },
    );
  }
  checkConfiguration(kind, plan.choices, choice.configuration);
}

function checkQuantity({ min, max, step }: OfferPlan['quantity'], quantity: string): void {
  const [value, smallest, largest, unit] = [quantity, min, max, step].map(parseQuantity) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  if (value < smallest || value > largest || (value - smallest) % unit !== 0n) {
    throw new BusinessError(
      'QUANTITY_NOT_OFFERED',
      { quantity, minimum: plain(min), maximum: plain(max), step: plain(step) },
      { quantity: 'QUANTITY_NOT_OFFERED' },
    );
  }
}

function checkConfiguration(
  kind: ProductKind,
  choices: OfferPlan['choices'],
  configuration: PlanChoice['configuration'],
): void {
  const asked = optionsOfKind[kind].filter(({ key }) => (choices[key] ?? []).length > 0);
  const unknown = Object.keys(configuration).find((key) => !asked.some((option) => option.key === key));
  const refuse = (key: string, name: Bilingual): never => {
    const field = `configuration.${key}`;
    throw new BusinessError(
      'OPTION_NOT_OFFERED',
      { zh: name.zh, en: name.en },
      { [field]: 'OPTION_NOT_OFFERED' },
    );
  };
  if (unknown !== undefined)
    refuse(unknown.slice(0, 60), { zh: unknown.slice(0, 60), en: unknown.slice(0, 60) });
  for (const { key, name } of asked) {
    const value = configuration[key];
    if (typeof value !== 'string' || !choices[key]!.includes(value)) refuse(key, name);
  }
}

/** "10.500000000" → "10.5", as people write it. */
export function plain(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
