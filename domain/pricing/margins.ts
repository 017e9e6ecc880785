import type { Fen } from '../money.ts';
import type { Leg } from './leg.ts';

/** What one organisation of the chain keeps of a line; 分. */
export interface Margin {
  readonly organisation: string;
  /** VAT included: net of the leg below − net of the leg above. Over the chain they sum to payable − supplier cost. */
  readonly margin: Fen;
  /** As its book shows it: without the VAT it owes and the VAT it deducts. */
  readonly marginExVat: Fen;
}

/**
 * The margin of the platform and of every distributor, from the top (price-chain rules 2 and 8).
 * For the books of one organisation use only its own entry: the others are not its business.
 */
export function margins(legs: readonly Leg[]): Margin[] {
  return legs.slice(1).map((below, index) => {
    const above = legs[index]!;
    return {
      organisation: below.seller,
      margin: below.net - above.net,
      marginExVat: incomeExVat(above, below) - costExVat(above, below),
    };
  });
}

/** A buyer's income is what it sells for; an agent's is its commission. */
function incomeExVat(above: Leg, below: Leg): Fen {
  return above.mode === 'rebate' ? above.commissionNet : below.grossNet;
}

/** What was bought (unless it only collects) and the commission paid below, each without VAT where that is deducted. */
function costExVat(above: Leg, below: Leg): Fen {
  const purchase = above.mode === 'rebate' ? 0n : above.deductible ? above.grossNet : above.gross;
  const commission =
    below.mode === 'rebate' ? (below.deductible ? below.commissionNet : below.commission) : 0n;
  return purchase + commission;
}
