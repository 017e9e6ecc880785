import { listProducts } from '#lib/services/products.ts';
import { listQuery } from '#lib/utilities/list-query.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, url }) => {
  need((await parent()).session, 'product.read');
  // A value that is no state or kind is refused by the api, in words.
  const query = listQuery(url, ['state', 'kind']) as Parameters<typeof listProducts>[1];
  return { products: await listProducts(fetch, query) };
};
