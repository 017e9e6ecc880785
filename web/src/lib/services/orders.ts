import { answer, api, type Fetch } from '#lib/api/client.ts';
import type { components, paths } from '#lib/api/schema.d.ts';

type Schemas = components['schemas'];
export type Order = Schemas['Order'];
export type OrderLine = Schemas['OrderLine'];
export type OrderSummary = Schemas['OrderSummary'];
export type OrderQuery = NonNullable<paths['/orders']['get']['parameters']['query']>;
type Submission = paths['/orders']['post']['requestBody']['content']['application/json'];

const once = (key: string) => ({ 'Idempotency-Key': key });

/** One's own orders, latest first. */
export const listOrders = (request: Fetch, query: OrderQuery) =>
  answer(api(request).GET('/orders', { params: { query } }));

export const getOrder = (request: Fetch, number: string) =>
  answer(api(request).GET('/orders/{number}', { params: { path: { number } } }));

/** Freezes prices and reserves; the order then waits thirty minutes for payment. */
export const submitOrder = (body: Submission, key: string) =>
  answer(api().POST('/orders', { params: { header: once(key) }, body }));

/** Pays from the wallet, all or nothing. */
export const payOrder = (number: string, key: string) =>
  answer(api().POST('/orders/{number}/pay', { params: { path: { number }, header: once(key) } }));

export const cancelOrder = (number: string, key: string) =>
  answer(api().POST('/orders/{number}/cancel', { params: { path: { number }, header: once(key) } }));
