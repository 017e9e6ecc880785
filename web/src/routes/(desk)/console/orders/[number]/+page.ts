import { getOrder } from '#lib/services/orders.ts';
import { getWallet } from '#lib/services/payments.ts';
import { can, need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const { session } = await parent();
  need(session, 'order.read');
  const order = await getOrder(fetch, params.number);
  const asksForMoney = order.state === 'awaiting-payment' && can(session, 'wallet.read');
  return { order, wallet: asksForMoney ? await getWallet(fetch) : null };
};
