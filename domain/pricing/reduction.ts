import { BusinessError } from '../errors.ts';
import { allocate } from '../money.ts';
import type { Fen } from '../money.ts';

export type ReductionKind = 'coupon' | 'gift' | 'promotion' | 'special-price';

/** Money off one order line. Whoever gives it bears it alone (price-chain rule 5). */
export interface Reduction {
  readonly kind: ReductionKind;
  /** The coupon, promotion or approval that grants it. */
  readonly rule: string;
  /** The organisation that bears it. */
  readonly giver: string;
  /** 分, above zero. */
  readonly amount: Fen;
}

/** One leg's amounts before VAT is split; `gross` and `commission` in 分. */
export interface LegAmounts {
  readonly gross: Fen;
  readonly commission: Fen;
}

/**
 * Takes a reduction off the legs. On the customer's side of the giver every leg falls by it; above the giver discount
 * legs stay, and rebate legs lose it from gross and from commission, so that what is settled there stays.
 * @param giverPosition position of the giver among the parties, 0 = supplier
 * @param principalPosition legs at and below it collect the customer's money
 */
export function applyReduction(
  legs: readonly LegAmounts[],
  amount: Fen,
  giverPosition: number,
  principalPosition: number,
): LegAmounts[] {
  return legs.map((leg, index) => {
    if (index >= giverPosition) return { ...leg, gross: leg.gross - amount };
    if (index < principalPosition) return leg;
    return { gross: leg.gross - amount, commission: leg.commission - amount };
  });
}

/** A price agreed for one customer as the reduction it is. @throws REDUCTION_EXCEEDS_PRICE when it is no lower price */
export function specialPrice(price: Fen, special: Fen, by: { rule: string; giver: string }): Reduction {
  if (special < 0n || special >= price) throw new BusinessError('REDUCTION_EXCEEDS_PRICE');
  return { kind: 'special-price', rule: by.rule, giver: by.giver, amount: price - special };
}

/** Spreads a reduction of a whole order over its lines by their prices, to the last 分; lines that get nothing have none. */
export function spreadReduction(reduction: Reduction, prices: readonly Fen[]): (Reduction | null)[] {
  return allocate(reduction.amount, prices).map((amount) =>
    amount === 0n ? null : { ...reduction, amount },
  );
}
