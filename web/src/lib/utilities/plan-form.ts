import type { Plan, PlanFields } from '#lib/services/products.ts';
import { draftOf, type AttributeDraft } from './attribute-form.ts';
import type { AttributeValue } from './attributes.ts';
import type { Bilingual } from './bilingual.ts';
import { plainQuantity } from './money.ts';

/** Periods that a subscription may be offered for, in months. */
export const planPeriods = [1, 3, 6, 12, 24, 36] as const;

/** Units that plans are sold in. */
export const planUnits = ['core-hour', 'gpu-hour', 'piece', 'gb', 'mbps'] as const;

/** What stands in the fields of a plan's form. */
export interface PlanDraft {
  name: Bilingual;
  code: string;
  billing: Plan['billing'];
  unit: string;
  /** Name of the one component that is billed. */
  component: Bilingual;
  months: string[];
  quantity: { min: string; max: string; step: string };
  maxPieces: string;
  position: number;
  state: Plan['state'];
  choices: Record<string, string[]>;
  specification: AttributeDraft;
}

const bare = (quantity: string): string => plainQuantity(quantity).replaceAll(',', '');

export function planDraftOf(plan: Plan | null): PlanDraft {
  if (!plan) {
    return {
      ...{ name: { zh: '', en: '' }, code: '', billing: 'subscription', unit: 'piece', months: ['1', '12'] },
      ...{ component: { zh: '', en: '' }, quantity: { min: '1', max: '1', step: '1' }, maxPieces: '20' },
      ...{ position: 0, state: 'active', choices: {}, specification: {} },
    };
  }
  const { name, code, billing, quantityUnit, quantity, maxPieces, position, state, choices } = plan;
  return {
    ...{ name, code, billing, position, state, choices, unit: quantityUnit },
    component: plan.components[0]?.name ?? { zh: '', en: '' },
    months: plan.months.map(String),
    quantity: { min: bare(quantity.min), max: bare(quantity.max), step: bare(quantity.step) },
    maxPieces: String(maxPieces),
    specification: draftOf(plan.specification),
  };
}

/** The request of a form; periods only where the plan is sold by the month. */
export function planFieldsOf(form: PlanDraft, specification: Record<string, AttributeValue>): PlanFields {
  const { name, quantity, position, state } = form;
  const choices = Object.entries(form.choices).filter(([, values]) => values.length > 0);
  return {
    ...{ name, quantity, position, state, specification },
    choices: Object.fromEntries(choices),
    months: form.billing === 'subscription' ? form.months.map(Number) : [],
    maxPieces: Number(form.maxPieces),
  };
}
