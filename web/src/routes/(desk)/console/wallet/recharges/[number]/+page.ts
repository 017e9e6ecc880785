import { getRecharge } from '#lib/services/payments.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

/** Where the cashier sends the browser back to: only our own books say how it went. */
export const load: PageLoad = async ({ fetch, params, parent }) => {
  need((await parent()).session, 'wallet.read');
  return { recharge: await getRecharge(fetch, params.number) };
};
