import { answer, api, type Fetch } from '#lib/api/client.ts';
import type { paths } from '#lib/api/schema.d.ts';

export type VoucherQuery = NonNullable<paths['/ledger/vouchers']['get']['parameters']['query']>;

/** Vouchers of one's own book with their lines, latest first. */
export const listVouchers = (request: Fetch, query: VoucherQuery) =>
  answer(api(request).GET('/ledger/vouchers', { params: { query } }));

export type Voucher = Awaited<ReturnType<typeof listVouchers>>['items'][number];
export type VoucherLine = Voucher['lines'][number];

/** Trial balance of a month, the present one unless told. */
export const getTrialBalance = (request: Fetch, query: { period?: string }) =>
  answer(api(request).GET('/ledger/trial-balance', { params: { query } }));

export type TrialBalance = Awaited<ReturnType<typeof getTrialBalance>>;

/** Balances now, account by account. */
export const getBalances = (request: Fetch) => answer(api(request).GET('/ledger/balances'));

export type AccountBalance = Awaited<ReturnType<typeof getBalances>>['items'][number];

/** One voucher with the titles of its templates and the order it books. */
export const getVoucher = (request: Fetch, period: string, eventId: string) =>
  answer(api(request).GET('/ledger/vouchers/{period}/{eventId}', { params: { path: { period, eventId } } }));

export type VoucherDetail = Awaited<ReturnType<typeof getVoucher>>;
