import { getProduct } from '#lib/services/products.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, params }) => {
  need((await parent()).session, 'product.edit');
  return { product: await getProduct(fetch, params.id) };
};
