import { civilDate } from './time.ts';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The kind letters of the numbers people see. */
export const numberLetters = {
  order: 'O',
  recharge: 'R',
  resource: 'S',
  workOrder: 'W',
  customer: 'C',
  user: 'U',
} as const;

/**
 * A number people see: kind letter, Shanghai date, eight Crockford base32 characters of `random` (8 bytes at least).
 * Reveals no volume; uniqueness is the database's. Example: O20261124-7K3QX9MD.
 */
export function makeNumber(kind: keyof typeof numberLetters, instant: Date, random: Uint8Array): string {
  if (random.length < 8) throw new RangeError('eight random bytes are needed');
  const tail = [...random.slice(0, 8)].map((byte) => crockford[byte & 31]).join('');
  return `${numberLetters[kind]}${civilDate(instant).replaceAll('-', '')}-${tail}`;
}

/** Our deterministic name of an order line at a supplier; never reused: kb-o20261124-7k3qx9md-1. */
export function externalNameOf(orderNumber: string, line: number): string {
  return `kb-${orderNumber.toLowerCase()}-${line}`;
}
