import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getProduct } from '#lib/services/products.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, params }) => {
  need((await parent()).session, 'product.edit');
  const product = await getProduct(fetch, params.id);
  const plan = product.plans.find(({ id }) => id === params.plan);
  if (!plan) error(404, m.not_found_text());
  return { product, plan };
};
