import type { OfferPlan, PlanChoice } from '#lib/services/catalogue.ts';
import { plainQuantity } from './money.ts';

/** What the picker starts with: the first plan in stock, its smallest quantity and its shortest period. */
export function firstChoice(plans: readonly OfferPlan[]): PlanChoice {
  const plan = plans.find(({ stock }) => stock !== 'none') ?? plans[0];
  if (!plan) return { plan: '', quantity: '1', months: 0, pieces: 1, configuration: {} };
  return {
    plan: plan.code,
    quantity: plainQuantity(plan.quantity.min).replaceAll(',', ''),
    months: plan.months[0] ?? 0,
    pieces: 1,
    configuration: Object.fromEntries(
      plan.options.flatMap(({ key, values }) => (values[0] === undefined ? [] : [[key, values[0]]])),
    ),
  };
}
