import { redirect } from '@sveltejs/kit';
import type { PageLoad } from './$types';

/** Staff begin with the first entry of their menu. */
export const load: PageLoad = async ({ parent }) => {
  const { session } = await parent();
  redirect(307, session.menu[0]?.entries[0]?.href ?? '/account');
};
