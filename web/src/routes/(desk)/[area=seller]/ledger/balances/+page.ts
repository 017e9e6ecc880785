import { getBalances } from '#lib/services/ledger.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent }) => {
  need((await parent()).session, 'ledger.read');
  return { balances: await getBalances(fetch) };
};
