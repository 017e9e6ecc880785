import { answer, api, type Fetch } from '#lib/api/client.ts';
import type { components } from '#lib/api/schema.d.ts';

type Schemas = components['schemas'];
export type Wallet = Schemas['Wallet'];
export type Recharge = Schemas['Recharge'];
export type StatementLine = Schemas['StatementLine'];

/** Cash, gift, held and available at one's seller, read from the books. */
export const getWallet = (request: Fetch) => answer(api(request).GET('/wallet'));

/** Movements of the wallet with running balance, latest first. */
export const getStatement = (request: Fetch, query: { cursor?: string; limit?: number }) =>
  answer(api(request).GET('/wallet/statement', { params: { query } }));

export const listRecharges = (request: Fetch, query: { cursor?: string; limit?: number }) =>
  answer(api(request).GET('/recharges', { params: { query } }));

export const getRecharge = (request: Fetch, number: string) =>
  answer(api(request).GET('/recharges/{number}', { params: { path: { number } } }));

/** Opens the cashier's page for an amount (分); bound to an order it pays for that order when the money is there. */
export const createRecharge = (amount: string, orderNumber: string | null, key: string) =>
  answer(
    api().POST('/recharges', {
      params: { header: { 'Idempotency-Key': key } },
      body: { amount, channel: 'alipay', ...(orderNumber === null ? {} : { orderNumber }) },
    }),
  );
