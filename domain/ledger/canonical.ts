/** One text for equal values: keys in order, amounts as decimals, instants in UTC. Events are hashed by it. */
export function canonicalText(value: unknown): string {
  if (typeof value === 'bigint') return `${value}`;
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${value.map(canonicalText).join()}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([name, member]) => `${JSON.stringify(name)}:${canonicalText(member)}`).join()}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
