import { getTrialBalance } from '#lib/services/ledger.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, url }) => {
  need((await parent()).session, 'ledger.read');
  const period = url.searchParams.get('period');
  return { balance: await getTrialBalance(fetch, period ? { period } : {}) };
};
