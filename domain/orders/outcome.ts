import type { OrderLineState } from './states.ts';

/** What becomes of an order whose lines have all ended: completed, partially refunded or refunded. */
export function endOfOrder(
  lines: readonly OrderLineState[],
): 'completed' | 'partially-refunded' | 'refunded' {
  const refunded = lines.filter((state) => state === 'refunded').length;
  if (refunded === 0) return 'completed';
  return refunded === lines.length ? 'refunded' : 'partially-refunded';
}
