/** Where to go after signing in: a path of this site, never another one. */
export function nextPage(url: URL, otherwise: string): string {
  const next = url.searchParams.get('next') ?? '';
  return /^\/(?![/\\])/.test(next) ? next : otherwise;
}
