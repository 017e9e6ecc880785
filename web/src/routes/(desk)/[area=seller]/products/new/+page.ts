import { listPools } from '#lib/services/products.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent }) => {
  need((await parent()).session, 'product.edit');
  return { pools: (await listPools(fetch)).items };
};
