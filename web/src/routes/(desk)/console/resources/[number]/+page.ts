import { getResource } from '#lib/services/resources.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent }) => {
  need((await parent()).session, 'resource.read');
  return { resource: await getResource(fetch, params.number) };
};
