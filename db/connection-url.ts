/** The same server seen as another role or another database. */
export function connectionUrl(
  url: string,
  change: { database?: string; user?: string; password?: string },
): string {
  const result = new URL(url);
  if (change.database !== undefined) result.pathname = `/${encodeURIComponent(change.database)}`;
  if (change.user !== undefined) result.username = encodeURIComponent(change.user);
  if (change.password !== undefined) result.password = encodeURIComponent(change.password);
  return result.href;
}
