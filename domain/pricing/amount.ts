import { BusinessError } from '../errors.ts';
import { multiplyRate, parseRate, roundHalfUp } from '../money.ts';
import type { Fen, RateString } from '../money.ts';

/** A discount for buying a longer period: from `months` on, every month counts `rate` of a month. */
export interface PeriodDiscount {
  readonly months: number;
  readonly rate: RateString;
}

/** How a price is given: a rate of the platform's list price, or a fixed price in 分 per unit (and month). */
export type PriceTerm =
  | { readonly kind: 'rate'; readonly rate: RateString }
  | { readonly kind: 'fixed'; readonly unitPrice: RateString };

/** What is bought of a plan at its list price. */
export interface Measure {
  /** 分 per unit, and per month when the plan is a subscription; up to ten decimals. */
  readonly listUnitPrice: RateString;
  /** Decimal of at most nine places: "1" for a piece, "10000" core-hours for a measured quantity. */
  readonly quantity: string;
  /** Months bought; 0 for one-off and packs, whose price knows no month. */
  readonly months: number;
  readonly periodDiscounts?: readonly PeriodDiscount[];
}

/** A measure made exact: the list amount and the discounted unit-months that fixed prices are multiplied by. */
export interface Basis {
  readonly list: Fen;
  /** unit-months × 10^19 (nine decimals of quantity, ten of the period rate). */
  readonly units: bigint;
}

/** The longest period a subscription can be bought for at once. */
export const maximumMonths = 60;

const rateScale = 10n ** 10n;
const unitScale = 10n ** 19n;

/** Parses a quantity to 10^-9 units. @throws QUANTITY_NOT_VALID unless it is a decimal above zero of at most nine places. */
export function parseQuantity(quantity: string): bigint {
  const match = /^(\d{1,15})(?:\.(\d{1,9}))?$/.exec(quantity);
  const value = match ? BigInt(match[1]! + (match[2] ?? '').padEnd(9, '0')) : 0n;
  if (value === 0n) throw new BusinessError('QUANTITY_NOT_VALID', { quantity });
  return value;
}

/** The rate of the longest discounted period that `months` reaches; 1 when none is reached. */
export function periodRate(months: number, discounts: readonly PeriodDiscount[] = []): RateString {
  const reached = discounts.filter((discount) => discount.months <= months);
  const longest = reached.reduce<PeriodDiscount | null>(
    (best, discount) => (best === null || discount.months > best.months ? discount : best),
    null,
  );
  return longest?.rate ?? '1';
}

/**
 * months × monthly × period rate, rounded once to 分. The period discount shortens the months, so that list price,
 * every edge given as a rate, every fixed price and every floor follow it alike and no margin changes its sign by it.
 * @throws PERIOD_NOT_OFFERED, QUANTITY_NOT_VALID
 */
export function basisOf(measure: Measure): Basis {
  const { months } = measure;
  if (!Number.isInteger(months) || months < 0 || months > maximumMonths) {
    throw new BusinessError('PERIOD_NOT_OFFERED', { months, maximum: maximumMonths });
  }
  const period =
    months === 0 ? rateScale : BigInt(months) * parseRate(periodRate(months, measure.periodDiscounts));
  const units = parseQuantity(measure.quantity) * period;
  return { units, list: roundHalfUp(parseRate(measure.listUnitPrice) * units, rateScale * unitScale) };
}

/**
 * The list price of one unit of a plan: the units of each component times its unit price, summed and rounded once to
 * ten decimals of 分.
 */
export function combinedUnitPrice(
  components: readonly { readonly units: string; readonly unitPrice: RateString }[],
): RateString {
  const exact = components.reduce(
    (sum, { units, unitPrice }) => sum + parseQuantity(units) * parseRate(unitPrice),
    0n,
  );
  const digits = roundHalfUp(exact, 10n ** 9n)
    .toString()
    .padStart(11, '0');
  return `${digits.slice(0, -10)}.${digits.slice(-10)}`;
}

/** The amount of a price term: a rate of the (rounded) list amount, or fixed price × unit-months. */
export function amountOf(term: PriceTerm, basis: Basis): Fen {
  return term.kind === 'rate'
    ? multiplyRate(basis.list, parseRate(term.rate))
    : roundHalfUp(parseRate(term.unitPrice) * basis.units, rateScale * unitScale);
}
