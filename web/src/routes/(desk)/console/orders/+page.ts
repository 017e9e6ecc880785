import { listOrders, type OrderQuery } from '#lib/services/orders.ts';
import { listQuery } from '#lib/utilities/list-query.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, url }) => {
  need((await parent()).session, 'order.read');
  return { orders: await listOrders(fetch, listQuery(url, ['state']) as OrderQuery) };
};
