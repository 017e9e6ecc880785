import { getListPrices } from '#lib/services/prices.ts';
import { getProduct, listPools } from '#lib/services/products.ts';
import { can, need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, params }) => {
  const { session } = await parent();
  need(session, 'product.read');
  const [product, prices, pools] = await Promise.all([
    getProduct(fetch, params.id),
    can(session, 'price.read') ? getListPrices(fetch, params.id) : null,
    can(session, 'product.edit') ? listPools(fetch) : null,
  ]);
  return { product, prices, pools: pools?.items ?? [] };
};
