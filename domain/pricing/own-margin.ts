import { BusinessError } from '../errors.ts';
import { multiplyRate, parseRate } from '../money.ts';
import type { RateString } from '../money.ts';
import type { PriceTerm } from './amount.ts';
import type { SaleMode } from './leg.ts';

/** A retail price that somebody is about to set for a plan, beside what the plan costs them. */
export interface RetailDraft {
  readonly listUnitPrice: RateString;
  readonly retail: PriceTerm;
  readonly floorRate: RateString | null;
  readonly bought: { readonly mode: SaleMode; readonly price: PriceTerm | null };
}

/**
 * Refuses a retail price that no order could be sold at: one set by an agent, below the seller's own cost, or below its
 * own floor. Compared per unit at ten decimals of 分.
 * @throws BusinessError RETAIL_SET_BY_PRINCIPAL, NEGATIVE_MARGIN, BELOW_FLOOR
 */
export function checkRetailPrice({ listUnitPrice, retail, floorRate, bought }: RetailDraft): void {
  if (bought.mode === 'rebate') throw new BusinessError('RETAIL_SET_BY_PRINCIPAL');
  const price = exactUnitPrice(retail, listUnitPrice);
  if (bought.price && price < exactUnitPrice(bought.price, listUnitPrice)) {
    throw new BusinessError('NEGATIVE_MARGIN');
  }
  if (floorRate !== null && price < exactUnitPrice({ kind: 'rate', rate: floorRate }, listUnitPrice)) {
    throw new BusinessError('BELOW_FLOOR', {}, { floorRate: 'BELOW_FLOOR' });
  }
}

function exactUnitPrice(term: PriceTerm, listUnitPrice: RateString): bigint {
  return term.kind === 'fixed'
    ? parseRate(term.unitPrice)
    : multiplyRate(parseRate(listUnitPrice), parseRate(term.rate));
}
