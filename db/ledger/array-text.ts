const special = /[\\"]/;
const everySpecial = /[\\"]/g;

/** PostgreSQL array literal of numbers, booleans and amounts; null stays null. */
export function arrayOf(values: readonly (number | bigint | boolean | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join()}}`;
}

/** PostgreSQL array literal of texts; null stays null. */
export function textArrayOf(values: readonly (string | null)[]): string {
  let text = '{';
  for (const value of values) {
    if (text.length > 1) text += ',';
    if (value === null) text += 'NULL';
    else text += special.test(value) ? `"${value.replace(everySpecial, '\\$&')}"` : `"${value}"`;
  }
  return `${text}}`;
}
