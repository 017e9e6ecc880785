import { m } from '#lib/paraglide/messages.js';
import { plainQuantity } from './money.ts';
import { periodText, unitPriceText } from './prices.ts';

/** What a line costs, as the api breaks it down (分). */
export interface PricedLine {
  unitPrice: string;
  unit: string;
  quantity: string;
  months: number;
  pieces: number;
  each: string;
  list: string;
  discount: string;
  payable: string;
}

/** How the payable amount comes about, in words: "¥0.07/核时 × 10,000 × 2 份". */
export function derivationText(priced: PricedLine): string {
  const factors = [
    unitPriceText({ ...priced, billing: priced.months > 0 ? 'subscription' : 'pack' }),
    ...(priced.quantity === '1' ? [] : [plainQuantity(priced.quantity)]),
    ...(priced.months > 0 ? [periodText(priced.months)] : []),
    ...(priced.pieces > 1 ? [m.pieces_count({ count: priced.pieces })] : []),
  ];
  return factors.join(' × ');
}

/** The steps from list price to payable; steps that change nothing are left out. */
export function priceRows(priced: PricedLine): { label: string; amount: string }[] {
  return [
    { label: m.price_list(), amount: priced.list },
    ...(priced.discount === '0' ? [] : [{ label: m.price_discount(), amount: `-${priced.discount}` }]),
  ];
}
