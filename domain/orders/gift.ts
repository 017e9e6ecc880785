import { allocate, parseRate, splitVat, type Fen } from '../money.ts';
import { principalPosition } from '../pricing/edge.ts';
import type { Leg } from '../pricing/leg.ts';
import { applyReduction } from '../pricing/reduction.ts';

/** Splits the gift balance that pays for an order over its lines by their prices, to the last 分. */
export function spreadGift(gift: Fen, prices: readonly Fen[]): Fen[] {
  return allocate(gift, prices);
}

/**
 * The legs of a line of which `amount` is paid from the gift balance: a reduction that its giver, the customer's
 * seller, bears alone (price-chain rule 5). Amounts are split for VAT anew by the frozen rates.
 */
export function legsAfterGift<L extends Leg>(legs: readonly L[], amount: Fen): L[] {
  if (amount === 0n) return [...legs];
  const principal = principalPosition(legs.slice(0, -1));
  return applyReduction(legs, amount, legs.length - 1, principal).map(({ gross, commission }, index) => {
    const leg = legs[index]!;
    const goods = splitVat(gross, parseRate(leg.vatRate));
    const service = splitVat(commission, parseRate(leg.commissionVatRate));
    return {
      ...leg,
      gross,
      commission,
      net: gross - commission,
      grossNet: goods.net,
      grossVat: goods.vat,
      commissionNet: service.net,
      commissionVat: service.vat,
    };
  });
}

/** Whether every agent of the chain still earns something after the gift. */
export function bearsGift(legs: readonly Leg[], amount: Fen): boolean {
  return legsAfterGift(legs, amount).every(({ gross, commission }) => gross >= 0n && commission >= 0n);
}
