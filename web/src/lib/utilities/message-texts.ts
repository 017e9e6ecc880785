import { m } from '#lib/paraglide/messages.js';
import type { Message } from '#lib/services/messages.ts';
import { yuan } from './money.ts';

const amountOf = ({ amount }: Message['details']): string =>
  amount !== undefined && /^-?\d+$/.test(amount) ? yuan(amount) : '';

const texts: Record<string, (details: Message['details']) => string> = {
  'recharge-succeeded': (d) =>
    m.message_recharge_succeeded({ recharge: d.recharge ?? '', amount: amountOf(d) }),
  'recharge-kept': (d) => m.message_recharge_kept({ recharge: d.recharge ?? '', order: d.order ?? '' }),
  'order-still-unpaid': (d) => m.message_order_still_unpaid({ order: d.order ?? '' }),
  'order-line-refunded': (d) =>
    m.message_order_line_refunded({ order: d.order ?? '', line: d.line ?? '', amount: amountOf(d) }),
  'book-parked': (d) => m.message_book_parked({ check: d.check ?? '' }),
  'edge-refused': () => m.message_edge_refused(),
};

/** A message in the language of the page, from its kind and details. */
export function messageText(message: Message): string {
  return texts[message.kind]?.(message.details) ?? message.kind;
}
