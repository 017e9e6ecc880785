import { m } from '#lib/paraglide/messages.js';
import { unitYuan } from './money.ts';
import { billingLabel } from './prices.ts';
import { unitLabel } from './units.ts';
import { say, type Bilingual } from './bilingual.ts';

/** A value of an attribute as the contract carries it. */
export type AttributeValue = number | boolean | string | Bilingual;

const groups: Record<string, () => string> = {
  function: m.group_function,
  performance: m.group_performance,
  price: m.group_price,
  location: m.group_location,
};

export const groupLabel = (group: string): string => groups[group]?.() ?? group;

/** A value in words, with its unit; a dash where the product has none. */
export function valueText(value: AttributeValue | null | undefined, unit?: Bilingual | null): string {
  if (value === null || value === undefined) return '—';
  if (typeof value === 'boolean') return value ? m.yes() : m.no();
  if (typeof value === 'object') return say(value);
  const text = typeof value === 'number' ? value.toLocaleString('en-US') : value;
  return unit ? `${text} ${say(unit)}` : text;
}

const stockLevels: Record<string, () => string> = {
  plenty: m.stock_plenty,
  low: m.stock_low,
  none: m.stock_none,
};

/** Rows of a comparison that are no attributes carry codes, which are said in words here. */
const codedRows: Record<string, (value: string) => string> = {
  unitPrice: unitYuan,
  quantityUnit: unitLabel,
  billing: billingLabel,
  stock: (value) => stockLevels[value]?.() ?? value,
};

/** A value of a comparison in words. */
export function comparedText(
  row: { key: string; group: string; unit: Bilingual | null },
  value: AttributeValue | null,
): string {
  const coded = row.group === 'price' ? codedRows[row.key] : undefined;
  return coded && typeof value === 'string' ? coded(value) : valueText(value, row.unit);
}
