import { listCustomers } from '#lib/services/customers.ts';
import { listMembers } from '#lib/services/members.ts';
import { listQuery } from '#lib/utilities/list-query.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, url }) => {
  need((await parent()).session, 'customer.read');
  const [customers, members] = await Promise.all([
    listCustomers(fetch, listQuery(url, ['search', 'accountManagerId'])),
    listMembers(fetch),
  ]);
  return { customers, members: members.items };
};
