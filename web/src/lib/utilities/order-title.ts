import { m } from '#lib/paraglide/messages.js';
import { say, type Bilingual } from './bilingual.ts';

/** "东部超算 标准核时 等 3 项": what an order is about in one line. */
export function orderTitle(order: { titles: readonly Bilingual[]; lineCount: number }): string {
  const [first] = order.titles;
  if (!first) return '—';
  return order.lineCount > 1
    ? m.order_products_more({ title: say(first), count: order.lineCount })
    : say(first);
}
