import type { OrderLine } from '#lib/services/orders.ts';
import { periodText } from './prices.ts';
import { quantityText } from './units.ts';

/** Pieces of one position of the cart: a line each, alike in all but what became of them. */
export interface OrderGroup {
  group: number;
  lines: readonly [OrderLine, ...OrderLine[]];
  /** What all pieces cost together, and their list price. 分 */
  price: bigint;
  list: bigint;
  /** How many pieces stand in which state, in the order in which the states first appear. */
  states: readonly { state: OrderLine['state']; count: number }[];
}

/** The lines of an order as people bought them: n pieces are one group. */
export function groupsOf(lines: readonly OrderLine[]): OrderGroup[] {
  return [...Map.groupBy(lines, ({ group }) => group)].map(([group, [first, ...rest]]) => {
    const pieces = [first!, ...rest] as const;
    const states = Map.groupBy(pieces, ({ state }) => state);
    return {
      group,
      lines: pieces,
      price: sumOf(pieces.map(({ price }) => price)),
      list: sumOf(pieces.map(({ list }) => list)),
      states: [...states].map(([state, { length }]) => ({ state, count: length })),
    };
  });
}

/** What was chosen, in words, the same for all pieces: "100 核时 · 1 个月 · 默认项目". */
export const lineFacts = (line: OrderLine): string =>
  [
    quantityText(line.quantity, line.unit),
    line.months > 0 ? periodText(line.months) : '',
    ...Object.values(line.configuration),
    line.project ?? '',
  ]
    .filter(Boolean)
    .join(' · ');

const sumOf = (amounts: readonly string[]): bigint =>
  amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);
