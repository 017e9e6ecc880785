import { redirect } from '@sveltejs/kit';
import type { LayoutLoad } from './$types';

/** Pages of organisations: who is not signed in signs in first and comes back. */
export const load: LayoutLoad = async ({ parent, url }) => {
  const { session } = await parent();
  if (!session.user) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`);
};
