import { listWorkOrders, type WorkOrderQuery } from '#lib/services/work-orders.ts';
import { listQuery } from '#lib/utilities/list-query.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, url }) => {
  need((await parent()).session, 'work-order.read');
  // A value that is no state or driver is refused by the api, in words.
  const query = listQuery(url, ['state', 'driver']) as WorkOrderQuery;
  return { orders: await listWorkOrders(fetch, query) };
};
