import { listDistributors } from '#lib/services/customers.ts';
import { listQuery } from '#lib/utilities/list-query.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, url }) => {
  need((await parent()).session, 'distributor.read');
  return { distributors: await listDistributors(fetch, listQuery(url, [])) };
};
