import { getCart } from '#lib/services/cart.ts';
import { listProjects } from '#lib/services/projects.ts';
import { can, need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent }) => {
  const { session } = await parent();
  need(session, 'cart.use');
  const [cart, projects] = await Promise.all([
    getCart(fetch),
    can(session, 'project.read') ? listProjects(fetch) : { items: [] },
  ]);
  return { cart, projects: projects.items.filter(({ state }) => state === 'active') };
};
