import { getCustomer } from '#lib/services/customers.ts';
import { listDepartments } from '#lib/services/departments.ts';
import { listMembers } from '#lib/services/members.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, params }) => {
  need((await parent()).session, 'customer.read');
  const [customer, members, departments] = await Promise.all([
    getCustomer(fetch, params.id),
    listMembers(fetch),
    listDepartments(fetch),
  ]);
  return { customer, members: members.items, departments: departments.items };
};
