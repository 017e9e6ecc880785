/** Where to go after signing in: a path of this site, never another one. */
export function nextPage(url: Pick<URL, 'search'>, otherwise: string): string {
  const next = new URLSearchParams(url.search).get('next') ?? '';
  return /^\/(?![/\\])/.test(next) ? next : otherwise;
}
