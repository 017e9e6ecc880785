/** The parameters of a list that its URL carries, and no others; empty ones are left out. */
export function listQuery<Name extends string>(
  url: Pick<URL, 'searchParams'>,
  names: readonly Name[],
): Partial<Record<Name | 'cursor', string>> {
  const query: Partial<Record<Name | 'cursor', string>> = {};
  for (const name of [...names, 'cursor'] as const) {
    const value = url.searchParams.get(name);
    if (value) query[name] = value;
  }
  return query;
}
