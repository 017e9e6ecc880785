import { getSession } from '#lib/services/session.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ fetch, depends }) => {
  depends('kboss:session');
  return { session: await getSession(fetch) };
};
