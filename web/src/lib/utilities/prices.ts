import { m } from '#lib/paraglide/messages.js';
import { unitYuan } from './money.ts';
import { unitLabel } from './units.ts';

interface PricedPlan {
  unitPrice: string;
  billing: string;
  unit: string;
}

/** "¥0.12/核时", "¥138.00/台/月". */
export function unitPriceText(plan: PricedPlan): string {
  const words = { price: unitYuan(plan.unitPrice), unit: unitLabel(plan.unit) };
  return plan.billing === 'subscription' ? m.per_unit_month(words) : m.per_unit(words);
}

const billings: Record<string, () => string> = {
  subscription: m.billing_subscription,
  pack: m.billing_pack,
  'one-off': m.billing_one_off,
};

export const billingLabel = (billing: string): string => billings[billing]?.() ?? billing;

/** The period as people say it: whole years where it is whole years. */
export function periodText(months: number): string {
  if (months === 1) return m.period_one();
  if (months % 12 !== 0) return m.period_months({ count: months });
  return months === 12 ? m.period_year_one() : m.period_year({ count: months / 12 });
}
