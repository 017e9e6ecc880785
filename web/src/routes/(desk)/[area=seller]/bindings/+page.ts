import { getBindings } from '#lib/services/bindings.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent }) => {
  need((await parent()).session, 'binding.manage');
  return { bindings: await getBindings(fetch) };
};
