import type { RateString } from '../money.ts';
import type { PeriodDiscount, PriceTerm } from '../pricing/amount.ts';
import type { AttributeValues, Bilingual } from './attributes.ts';
import type { ProductKind } from './kinds.ts';

export type Billing = 'one-off' | 'subscription' | 'pack';

/** How much there is, as customers see it: no counts, which would tell competitors the volume. */
export type StockLevel = 'plenty' | 'low' | 'none';

/** A plan as one storefront sells it. */
export interface OfferPlan {
  readonly id: string;
  readonly code: string;
  readonly name: Bilingual;
  readonly billing: Billing;
  readonly specification: AttributeValues;
  /** Values the customer chooses from, per option of the kind: { image: ['ubuntu-24.04'] }. */
  readonly choices: Readonly<Record<string, readonly string[]>>;
  /** Periods offered for a subscription; empty for one-off and packs. */
  readonly months: readonly number[];
  readonly periodDiscounts: readonly PeriodDiscount[];
  readonly quantity: {
    readonly unit: string;
    readonly min: string;
    readonly max: string;
    readonly step: string;
  };
  readonly maxPieces: number;
  readonly stock: StockLevel;
  /** The platform's list price of one unit (and month), 分. */
  readonly listUnitPrice: RateString;
  /** The customer's price, as a term of the list price. */
  readonly price: PriceTerm;
  /** The same as 分 per unit (and month). */
  readonly unitPrice: RateString;
}

/** A product as one storefront sells it; the price chain behind it stays where it is. */
export interface Offer {
  readonly id: string;
  readonly code: string;
  readonly kind: ProductKind;
  readonly name: Bilingual;
  readonly summary: Bilingual;
  readonly provider: Bilingual;
  readonly attributes: AttributeValues;
  readonly plans: readonly OfferPlan[];
  /** ISO instant; the newest come first where nothing else orders. */
  readonly createdAt: string;
}

/** The plan whose unit is cheapest: what "from ¥…" names. Offers always have a plan. */
export function cheapestPlan(plans: readonly OfferPlan[]): OfferPlan {
  return plans.reduce((best, plan) => (comparePrices(plan.unitPrice, best.unitPrice) < 0 ? plan : best));
}

/** Orders unit prices (分, ten decimals) without leaving exact arithmetic. */
export function comparePrices(a: RateString, b: RateString): number {
  const [left, right] = [scaled(a), scaled(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function scaled(price: RateString): bigint {
  const [whole = '0', fraction = ''] = price.split('.');
  return BigInt(whole + fraction.padEnd(10, '0'));
}
