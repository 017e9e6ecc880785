import type { z } from 'zod';
import { optionsOfKind } from '../../domain/catalogue/choice.ts';
import type { PlanChoice } from '../../domain/catalogue/choice.ts';
import { kindNames } from '../../domain/catalogue/kinds.ts';
import type { ProductKind } from '../../domain/catalogue/kinds.ts';
import { cheapestPlan } from '../../domain/catalogue/offer.ts';
import type { Offer, OfferPlan } from '../../domain/catalogue/offer.ts';
import { attributeSchemas } from '../../domain/catalogue/schemas/schemas.ts';
import { specificationOf } from '../../domain/catalogue/specification.ts';
import { breakdownOf } from '../../domain/pricing/breakdown.ts';
import type { breakdownSchema, offerCardSchema, offerPlanSchema, offerSchema } from './schemas.ts';

const shownOnCard = 4;

/** An offer as lists show it: from which price, and the attributes people filter by. */
export function cardOf(offer: Offer): z.input<typeof offerCardSchema> {
  const cheapest = cheapestPlan(offer.plans);
  const filterable = new Set(
    attributeSchemas[offer.kind].flatMap(({ key, filterable: is }) => (is ? [key] : [])),
  );
  const rows = [
    ...specificationOf(offer.kind, 'plan', cheapest.specification),
    ...specificationOf(offer.kind, 'product', offer.attributes),
  ];
  const { id, code, kind, name, summary, provider } = offer;
  return {
    ...{ id, code, kind, name, summary, provider },
    kindName: kindNames[kind],
    priceFrom: {
      planCode: cheapest.code,
      unitPrice: cheapest.unitPrice,
      listUnitPrice: cheapest.listUnitPrice,
      unit: cheapest.quantity.unit,
      billing: cheapest.billing,
    },
    stock: bestStock(offer.plans),
    planCount: offer.plans.length,
    highlights: rows.filter(({ key }) => filterable.has(key)).slice(0, shownOnCard),
  };
}

/** An offer as its own page shows it. */
export function offerView(offer: Offer): z.input<typeof offerSchema> {
  return {
    ...cardOf(offer),
    specification: specificationOf(offer.kind, 'product', offer.attributes),
    plans: offer.plans.map((plan) => planView(offer.kind, plan)),
  };
}

/** A plan with what can be chosen of it. */
export function planView(kind: ProductKind, plan: OfferPlan): z.input<typeof offerPlanSchema> {
  const { id, code, name, billing, unitPrice, listUnitPrice, maxPieces, stock, quantity } = plan;
  return {
    ...{ id, code, name, billing, unitPrice, listUnitPrice, maxPieces, stock },
    unit: quantity.unit,
    quantity: { min: quantity.min, max: quantity.max, step: quantity.step },
    months: [...plan.months],
    periodDiscounts: [...plan.periodDiscounts],
    options: optionsOfKind[kind].flatMap(({ key, name: optionName }) => {
      const values = plan.choices[key] ?? [];
      return values.length > 0 ? [{ key, name: optionName, values: [...values] }] : [];
    }),
    specification: specificationOf(kind, 'plan', plan.specification),
  };
}

/** What a choice costs the customer. */
export function breakdownView(
  plan: OfferPlan,
  { quantity, months, pieces }: Omit<PlanChoice, 'configuration'>,
): z.input<typeof breakdownSchema> {
  const { listUnitPrice, periodDiscounts, price, unitPrice } = plan;
  const amounts = breakdownOf(price, { listUnitPrice, periodDiscounts, quantity, months }, pieces);
  return {
    unitPrice,
    unit: plan.quantity.unit,
    list: amounts.list.toString(),
    discount: amounts.discount.toString(),
    payable: amounts.payable.toString(),
    each: amounts.each.toString(),
    pieces,
    months,
    quantity,
  };
}

function bestStock(plans: readonly OfferPlan[]): OfferPlan['stock'] {
  return (['plenty', 'low'] as const).find((level) => plans.some((plan) => plan.stock === level)) ?? 'none';
}
