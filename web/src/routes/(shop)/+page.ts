import { listCategories, listOffers } from '#lib/services/catalogue.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch }) => {
  const [categories, offers] = await Promise.all([
    listCategories(fetch),
    listOffers(fetch, { sort: 'newest', limit: 8 }),
  ]);
  return { categories: categories.items, offers };
};
