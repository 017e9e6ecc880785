import { listVouchers } from '#lib/services/ledger.ts';
import { listQuery } from '#lib/utilities/list-query.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, url }) => {
  need((await parent()).session, 'ledger.read');
  return { vouchers: await listVouchers(fetch, listQuery(url, ['period', 'source'])) };
};
