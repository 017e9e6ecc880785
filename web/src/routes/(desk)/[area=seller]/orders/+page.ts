import { getCustomer } from '#lib/services/customers.ts';
import { listSales, type SaleQuery } from '#lib/services/sales.ts';
import { listQuery } from '#lib/utilities/list-query.ts';
import { can, need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, url }) => {
  const { session } = await parent();
  need(session, 'sale.read');
  // A value that is no state is refused by the api, in words.
  const query = listQuery(url, ['state', 'customerId']) as SaleQuery;
  const [sales, customer] = await Promise.all([
    listSales(fetch, query),
    query.customerId && can(session, 'customer.read') ? getCustomer(fetch, query.customerId) : null,
  ]);
  return { sales, customer };
};
