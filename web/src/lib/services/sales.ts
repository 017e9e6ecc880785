import { answer, api, type Fetch } from '#lib/api/client.ts';
import type { components, paths } from '#lib/api/schema.d.ts';

export type SaleSummary = components['schemas']['SaleSummary'];
export type SaleLeg = components['schemas']['SaleLeg'];
export type SaleQuery = NonNullable<paths['/sales']['get']['parameters']['query']>;

/** Orders of one's own customers, latest first. */
export const listSales = (request: Fetch, query: SaleQuery) =>
  answer(api(request).GET('/sales', { params: { query } }));

export const getSale = (request: Fetch, number: string) =>
  answer(api(request).GET('/sales/{number}', { params: { path: { number } } }));

/** One's own legs of the price chain of an order: what was sold and what was bought. */
export const listLegs = (request: Fetch, as: 'seller' | 'buyer', orderNumber: string) =>
  answer(api(request).GET('/sale-legs', { params: { query: { as, orderNumber, limit: 100 } } }));
