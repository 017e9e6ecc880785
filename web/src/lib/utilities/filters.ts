import type { Address } from './query.ts';

/** The page with one value of a facet switched on or off; the state of a list is its URL. */
export function withFilter(url: Address, key: string, value: string, isOn: boolean): string {
  return withFilters(url, (filters) => {
    const others = filters.filter((filter) => filter !== `${key}:${value}`);
    return isOn ? [...others, `${key}:${value}`] : others;
  });
}

/** The page with a range of a number set; both ends empty removes it. */
export function withRange(url: Address, key: string, from: string, to: string): string {
  return withFilters(url, (filters) => {
    const others = filters.filter((filter) => !filter.startsWith(`${key}:`));
    return from || to ? [...others, `${key}:${from}..${to}`] : others;
  });
}

/** The range of a number that the URL carries. */
export function rangeFilterOf(url: Address, key: string): { from: string; to: string } | null {
  const filter = new URLSearchParams(url.search).getAll('filter').find((text) => text.startsWith(`${key}:`));
  const match = /^[^:]+:([\d.]*?)\.\.([\d.]*)$/.exec(filter ?? '');
  return match ? { from: match[1] ?? '', to: match[2] ?? '' } : null;
}

function withFilters(url: Address, change: (filters: string[]) => string[]): string {
  const query = new URLSearchParams(url.search);
  const filters = change(query.getAll('filter'));
  query.delete('filter');
  query.delete('cursor');
  for (const filter of filters) query.append('filter', filter);
  return `${url.pathname}?${query.toString()}`;
}
