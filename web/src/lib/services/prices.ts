import { answer, api, type Fetch } from '#lib/api/client.ts';
import type { components, paths } from '#lib/api/schema.d.ts';

export type SellablePlan = components['schemas']['SellablePlan'];
export type RetailPrice = components['schemas']['RetailPrice'];
export type RetailPriceBody = paths['/retail-prices']['post']['requestBody']['content']['application/json'];

/** What one's organisation can sell: list, cost and its own price to customers, with all versions. */
export const getRetailPrices = (request: Fetch) => answer(api(request).GET('/retail-prices'));

/** A new version of a price, from now or later on. */
export const addRetailPrice = (body: RetailPriceBody) => answer(api().POST('/retail-prices', { body }));

/** All versions of the list prices of a product of one's own. */
export const getListPrices = (request: Fetch, productId: string) =>
  answer(api(request).GET('/products/{id}/prices', { params: { path: { id: productId } } }));

export type ListPrices = Awaited<ReturnType<typeof getListPrices>>;

/** Publishes a list price of one component, 分 per unit, from now or later on. */
export const addListPrice = (
  planId: string,
  body: { component: string; unitPrice: string; validFrom?: string },
) => answer(api().POST('/plans/{id}/list-prices', { params: { path: { id: planId } }, body }));
