import type { PriceTerm } from '../../domain/pricing/amount.ts';

/** `valid_from <= ? AND (valid_to IS NULL OR valid_to > ?)` of a table alias; takes the instant twice. */
export const inForce = (alias: string): string =>
  `${alias}.valid_from <= ? AND (${alias}.valid_to IS NULL OR ${alias}.valid_to > ?)`;

/** The price term of a row that gives a rate or a unit price; null when it gives neither. */
export function termOf(row: { rate: string | null; unit_price: string | null }): PriceTerm | null {
  if (row.rate !== null) return { kind: 'rate', rate: row.rate };
  return row.unit_price === null ? null : { kind: 'fixed', unitPrice: row.unit_price };
}

/** A floor is always a rate of the list price. */
export function floorOf(rate: string | null): PriceTerm | null {
  return rate === null ? null : { kind: 'rate', rate };
}
