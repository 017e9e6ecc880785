import { getStorefront } from '#lib/services/storefront.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent }) => {
  need((await parent()).session, 'storefront.manage');
  return { storefront: await getStorefront(fetch) };
};
