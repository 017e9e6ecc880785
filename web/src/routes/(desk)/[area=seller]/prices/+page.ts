import { getRetailPrices } from '#lib/services/prices.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent }) => {
  need((await parent()).session, 'price.read');
  return { prices: await getRetailPrices(fetch) };
};
