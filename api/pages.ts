import type { Position, PositionedRow } from '../db/keyset.ts';
import { BusinessError } from '../domain/errors.ts';

/**
 * The position that a page's cursor stands for; null for the first page.
 * @throws BusinessError INVALID_INPUT for what is no cursor of ours
 */
export function positionOf(cursor: string | undefined): Position | null {
  if (cursor === undefined) return null;
  const text = Buffer.from(cursor, 'base64url').toString();
  const found = /^(\d{1,16})~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text);
  if (!found) throw new BusinessError('INVALID_INPUT', {}, { cursor: 'CURSOR_NOT_VALID' });
  return { micros: found[1]!, id: found[2]! };
}

/** A page of rows that were read one beyond the limit; `idOf` is the id that the list is ordered by after time. */
export function pageOfRows<Row extends PositionedRow, Item>(
  rows: readonly Row[],
  limit: number,
  idOf: (row: Row) => string,
  itemOf: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    items: shown.map(itemOf),
    nextCursor: hasMore ? Buffer.from(`${last.micros}~${idOf(last)}`).toString('base64url') : null,
  };
}

/** An instant of a row as it is answered. */
export function instant(value: Date | string): string;
export function instant(value: Date | string | null): string | null;
export function instant(value: Date | string | null): string | null {
  return value === null ? null : new Date(value).toISOString();
}
