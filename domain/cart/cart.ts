import { checkChoice } from '../catalogue/choice.ts';
import type { PlanChoice } from '../catalogue/choice.ts';
import type { Offer, OfferPlan } from '../catalogue/offer.ts';
import { BusinessError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import type { Fen } from '../money.ts';
import { breakdownOf } from '../pricing/breakdown.ts';
import type { PriceBreakdown } from '../pricing/breakdown.ts';

/** Most lines of one cart. */
export const maximumCartLines = 50;

/** A kept line beside what the storefront offers now. */
export interface PricedLine {
  readonly offer: Offer | null;
  readonly plan: OfferPlan | null;
  /** `unavailable` names why it cannot be bought as it stands. */
  readonly state: 'ready' | 'price-changed' | 'unavailable';
  readonly reason: ErrorCode | null;
  /** Null where the plan is not sold any more or the choice is not offered. */
  readonly breakdown: PriceBreakdown | null;
}

/**
 * Prices a kept line as it stands now. A line whose plan has gone, is out of stock or no longer offers the choice stays
 * in the cart and says why; a price other than the one seen is shown before anything is paid.
 */
export function priceLine(
  line: PlanChoice & { readonly planId: string; readonly priceSeen: Fen },
  offers: readonly Offer[],
): PricedLine {
  const offer = offers.find(({ plans }) => plans.some((plan) => plan.id === line.planId)) ?? null;
  const plan = offer?.plans.find(({ id }) => id === line.planId) ?? null;
  const unavailable = (reason: ErrorCode): PricedLine => ({
    offer,
    plan,
    state: 'unavailable',
    reason,
    breakdown: null,
  });
  if (!offer || !plan) return unavailable('PLAN_NOT_FOR_SALE');
  try {
    checkChoice(offer.kind, plan, line);
  } catch (error) {
    if (error instanceof BusinessError) return unavailable(error.code);
    throw error;
  }
  const breakdown = priceOf(plan, line);
  if (plan.stock === 'none') return { ...unavailable('OUT_OF_STOCK'), breakdown };
  const state = breakdown.payable === line.priceSeen ? 'ready' : 'price-changed';
  return { offer, plan, state, reason: null, breakdown };
}

/** What a choice of a plan costs, all pieces together. */
export function priceOf(plan: OfferPlan, { quantity, months, pieces }: PlanChoice): PriceBreakdown {
  const { listUnitPrice, periodDiscounts, price } = plan;
  return breakdownOf(price, { listUnitPrice, periodDiscounts, quantity, months }, pieces);
}

/**
 * The line that one more of the same choice joins: same plan, period, quantity and configuration, and room for the
 * pieces.
 */
export function lineToJoin<T extends PlanChoice & { readonly planId: string }>(
  lines: readonly T[],
  planId: string,
  choice: PlanChoice,
  maxPieces: number,
): T | undefined {
  const signature = signatureOf(choice);
  return lines.find(
    (line) =>
      line.planId === planId && signatureOf(line) === signature && line.pieces + choice.pieces <= maxPieces,
  );
}

function signatureOf({ quantity, months, configuration }: PlanChoice): string {
  const sorted = Object.entries(configuration).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([Number(quantity), months, sorted]);
}
