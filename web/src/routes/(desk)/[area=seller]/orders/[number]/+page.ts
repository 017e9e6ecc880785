import { getSale, listLegs } from '#lib/services/sales.ts';
import { can, need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, params }) => {
  const { session } = await parent();
  need(session, 'sale.read');
  const maySeePrices = can(session, 'price.read');
  const [sale, sold, bought] = await Promise.all([
    getSale(fetch, params.number),
    maySeePrices ? listLegs(fetch, 'seller', params.number) : null,
    maySeePrices ? listLegs(fetch, 'buyer', params.number) : null,
  ]);
  return { sale, legs: sold && bought ? { sold: sold.items, bought: bought.items } : null };
};
