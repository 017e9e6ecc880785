import { getVoucher } from '#lib/services/ledger.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, params }) => {
  need((await parent()).session, 'ledger.read');
  return { voucher: await getVoucher(fetch, params.period, params.event) };
};
