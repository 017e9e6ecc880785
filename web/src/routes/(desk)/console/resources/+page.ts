import { listResources, type ResourceQuery } from '#lib/services/resources.ts';
import { listQuery } from '#lib/utilities/list-query.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, url }) => {
  need((await parent()).session, 'resource.read');
  return { resources: await listResources(fetch, listQuery(url, ['state', 'kind']) as ResourceQuery) };
};
