/** What of a page's address its links are made of. */
export type Address = Pick<URL, 'pathname' | 'search'>;

/** The path of a page with some query parameters replaced; null removes one. */
export function withQuery(url: Address, changes: Record<string, string | null>): string {
  const query = new URLSearchParams(url.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return text ? `${url.pathname}?${text}` : url.pathname;
}
