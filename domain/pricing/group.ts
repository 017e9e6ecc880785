import { priceChain } from './chain.ts';
import type { Chain, ChainInput } from './chain.ts';
import { spreadReduction } from './reduction.ts';

/**
 * A cart line of n pieces becomes n order lines, each with its own legs (price-chain rule 10); the measure is that of
 * one piece. Reductions are those of the whole group and are spread over the pieces to the last 分.
 * A measured quantity (core-hours, GB) is one piece.
 * @throws as priceChain; RangeError unless pieces is a whole number from 1 to 100
 */
export function priceGroup(input: ChainInput, pieces: number): Chain[] {
  if (!Number.isInteger(pieces) || pieces < 1 || pieces > 100) throw new RangeError('1 to 100 pieces');
  const equalParts = Array.from({ length: pieces }, () => 1n);
  const spread = (input.reductions ?? []).map((reduction) => spreadReduction(reduction, equalParts));
  return equalParts.map((_, piece) =>
    priceChain({ ...input, reductions: spread.flatMap((parts) => parts[piece] ?? []) }),
  );
}
