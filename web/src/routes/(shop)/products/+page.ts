import { listOffers, type ProductQuery } from '#lib/services/catalogue.ts';
import { productKinds } from '#lib/utilities/kinds.ts';
import type { PageLoad } from './$types';

/** The list is its URL: kind, text, filters, sort and cursor are the api's own. */
export const load: PageLoad = async ({ fetch, url }) => {
  const query: ProductQuery = {};
  for (const name of ['q', 'sort', 'cursor'] as const) {
    const value = url.searchParams.get(name);
    if (value) query[name] = value;
  }
  const kind = productKinds.find((known) => known === url.searchParams.get('kind'));
  if (kind) query.kind = kind;
  const filter = url.searchParams.getAll('filter');
  if (filter.length > 0) query.filter = filter;
  return { offers: await listOffers(fetch, query), kind: kind ?? null };
};
