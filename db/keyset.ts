/** The last row of a page: its instant in microseconds since 1970 (as PostgreSQL keeps it), and its id. */
export interface Position {
  micros: string;
  id: string;
}

/** A row of a list that is read latest first; `micros` is selected by `microsOf`. */
export interface PositionedRow {
  micros: string;
}

/** SQL that selects a column's instant in full precision, which a JavaScript Date would cut. */
export const microsOf = (column: string): string =>
  `(extract(epoch from ${column}) * 1000000)::bigint::text as micros`;

/** The condition that continues a list after a position, latest first; true where it begins. */
export function after(
  position: Position | null,
  at: string,
  id: string,
): { sql: string; values: readonly unknown[] } {
  if (!position) return { sql: 'true', values: [] };
  return {
    sql: `(${at}, ${id}) < (timestamptz 'epoch' + ?::bigint * interval '1 microsecond', ?::uuid)`,
    values: [position.micros, position.id],
  };
}
