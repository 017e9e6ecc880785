import { getProduct, listPools } from '#lib/services/products.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, params }) => {
  need((await parent()).session, 'product.edit');
  const [product, pools] = await Promise.all([getProduct(fetch, params.id), listPools(fetch)]);
  return { product, pools: pools.items };
};
