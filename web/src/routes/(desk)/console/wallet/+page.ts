import { getStatement, getWallet, listRecharges } from '#lib/services/payments.ts';
import { listQuery } from '#lib/utilities/list-query.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, url }) => {
  need((await parent()).session, 'wallet.read');
  const view = url.searchParams.get('view') === 'recharges' ? ('recharges' as const) : ('statement' as const);
  const query = listQuery(url, []);
  const [wallet, statement, recharges] = await Promise.all([
    getWallet(fetch),
    view === 'statement' ? getStatement(fetch, query) : null,
    view === 'recharges' ? listRecharges(fetch, query) : null,
  ]);
  return { wallet, statement, recharges, view };
};
