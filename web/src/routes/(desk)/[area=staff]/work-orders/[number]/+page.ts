import { getWorkOrder } from '#lib/services/work-orders.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, params }) => {
  need((await parent()).session, 'work-order.read');
  return { order: await getWorkOrder(fetch, params.number) };
};
