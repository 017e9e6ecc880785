import { answer, api, type Fetch } from '#lib/api/client.ts';
import type { components, paths } from '#lib/api/schema.d.ts';

type Schemas = components['schemas'];
export type ProductDetail = Schemas['ProductDetail'];
export type Plan = Schemas['Plan'];
export type StaffProductQuery = NonNullable<paths['/products']['get']['parameters']['query']>;
export type NewProduct = paths['/products']['post']['requestBody']['content']['application/json'];
export type ProductFields = paths['/products/{id}']['put']['requestBody']['content']['application/json'];
export type NewPlan = paths['/products/{id}/plans']['post']['requestBody']['content']['application/json'];
export type PlanFields = paths['/plans/{id}']['put']['requestBody']['content']['application/json'];

const path = (id: string) => ({ params: { path: { id } } });

/** Products of one's own organisation in every state. */
export const listProducts = (request: Fetch, query: StaffProductQuery) =>
  answer(api(request).GET('/products', { params: { query } }));

export type ProductRow = Awaited<ReturnType<typeof listProducts>>['items'][number];

export const getProduct = (request: Fetch, id: string) =>
  answer(api(request).GET('/products/{id}', path(id)));

export const createProduct = (body: NewProduct) => answer(api().POST('/products', { body }));

export const changeProduct = (id: string, body: ProductFields) =>
  answer(api().PUT('/products/{id}', { ...path(id), body }));

/** Pools that products can be opened from. */
export const listPools = (request: Fetch) => answer(api(request).GET('/pools'));

export type Pool = Awaited<ReturnType<typeof listPools>>['items'][number];

export const addPlan = (productId: string, body: NewPlan) =>
  answer(api().POST('/products/{id}/plans', { ...path(productId), body }));

export const changePlan = (id: string, body: PlanFields) =>
  answer(api().PUT('/plans/{id}', { ...path(id), body }));

/** How much can still be sold; null for unlimited. */
export const setStock = (planId: string, available: string | null) =>
  answer(api().PUT('/plans/{id}/stock', { ...path(planId), body: { available } }));

const listingPaths = {
  submit: '/products/{id}/submit',
  withdraw: '/products/{id}/withdraw',
  approve: '/products/{id}/approve',
  reject: '/products/{id}/reject',
  'take-off': '/products/{id}/take-off',
  'put-back': '/products/{id}/put-back',
  revise: '/products/{id}/revise',
} as const;

export type ListingAction = keyof typeof listingPaths;

/** Moves a listing on its way to the shelf and off it. */
export const moveListing = (id: string, action: ListingAction, reason: string) =>
  answer(api().POST(listingPaths[action], { ...path(id), body: { reason } }));
