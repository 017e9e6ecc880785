import { parseRate, roundHalfUp } from '../money.ts';
import type { Fen, RateString } from '../money.ts';
import { amountOf, basisOf } from './amount.ts';
import type { Measure, PriceTerm } from './amount.ts';

/** How the customer's amount comes about: list − discount = payable. No leg above the customer shows in it. 分. */
export interface PriceBreakdown {
  /** The platform's list price; the customer's own price where that is higher, so that no discount is negative. */
  readonly list: Fen;
  readonly discount: Fen;
  readonly payable: Fen;
  /** The payable of one piece, and how many there are. */
  readonly each: Fen;
  readonly pieces: number;
}

/** The customer's unit price: 分 per unit (and month), ten decimals. */
export function unitPriceOf(term: PriceTerm, listUnitPrice: RateString): RateString {
  if (term.kind === 'fixed') return term.unitPrice;
  const digits = roundHalfUp(parseRate(listUnitPrice) * parseRate(term.rate), 10n ** 10n)
    .toString()
    .padStart(11, '0');
  return `${digits.slice(0, -10)}.${digits.slice(-10)}`;
}

/**
 * Prices a choice for the customer from the retail term alone; the same arithmetic as the chain, so that cart and order
 * agree to the 分. @throws BusinessError PERIOD_NOT_OFFERED, QUANTITY_NOT_VALID
 */
export function breakdownOf(term: PriceTerm, measure: Measure, pieces: number): PriceBreakdown {
  const basis = basisOf(measure);
  const each = amountOf(term, basis);
  const payable = each * BigInt(pieces);
  const listed = basis.list * BigInt(pieces);
  const list = listed > payable ? listed : payable;
  return { list, discount: list - payable, payable, each, pieces };
}
