import { answer, api, type Fetch } from '#lib/api/client.ts';
import type { components, paths } from '#lib/api/schema.d.ts';

export type WorkOrder = components['schemas']['WorkOrder'];
export type WorkOrderDetail = components['schemas']['WorkOrderDetail'];
export type WorkOrderQuery = NonNullable<paths['/work-orders']['get']['parameters']['query']>;

const once = (number: string, key: string) => ({ path: { number }, header: { 'Idempotency-Key': key } });

/** Work orders that one's organisation opened or has to fulfil, latest first. */
export const listWorkOrders = (request: Fetch, query: WorkOrderQuery) =>
  answer(api(request).GET('/work-orders', { params: { query } }));

export const getWorkOrder = (request: Fetch, number: string) =>
  answer(api(request).GET('/work-orders/{number}', { params: { path: { number } } }));

export const claimWorkOrder = (number: string, key: string) =>
  answer(api().POST('/work-orders/{number}/claim', { params: once(number, key) }));

export const giveBackWorkOrder = (number: string, key: string) =>
  answer(api().POST('/work-orders/{number}/give-back', { params: once(number, key) }));

/** The resource is active with this access information. */
export const backFill = (number: string, access: Record<string, string>, key: string) =>
  answer(api().POST('/work-orders/{number}/back-fill', { params: once(number, key), body: { access } }));

/** It cannot be opened: the customer gets the money back. */
export const failWorkOrder = (number: string, reason: string, key: string) =>
  answer(api().POST('/work-orders/{number}/fail', { params: once(number, key), body: { reason } }));
