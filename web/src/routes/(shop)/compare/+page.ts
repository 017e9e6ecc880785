import { compareOffers } from '#lib/services/catalogue.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url }) => {
  const ids = url.searchParams.get('ids') ?? '';
  return { comparison: ids ? await compareOffers(fetch, ids) : null };
};
