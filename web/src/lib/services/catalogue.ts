import { answer, api, type Fetch } from '#lib/api/client.ts';
import type { components, paths } from '#lib/api/schema.d.ts';

type Schemas = components['schemas'];
export type OfferCard = Schemas['OfferCard'];
export type OfferPlan = Schemas['OfferPlan'];
export type Facet = Schemas['Facet'];
export type PriceBreakdown = Schemas['PriceBreakdown'];
export type ComparisonRow = Schemas['ComparisonRow'];

/** What a list is narrowed to; `filter` as `key:value` or `key:4..16`, repeated for alternatives. */
export type ProductQuery = NonNullable<paths['/shop/products']['get']['parameters']['query']>;

/** What a customer wants of a plan: one cart line. */
export interface PlanChoice {
  /** The plan's code. */
  plan: string;
  quantity: string;
  /** 0 for one-off and packs. */
  months: number;
  pieces: number;
  configuration: Record<string, string>;
}

/** The kinds on sale in this storefront, with how many there are and from which price. */
export const listCategories = (request: Fetch) => answer(api(request).GET('/shop/categories'));

/** Products of this storefront, filtered and sorted, with the facets of the filter. */
export const listOffers = (request: Fetch, query: ProductQuery) =>
  answer(api(request).GET('/shop/products', { params: { query } }));

/** One product with its specification and plans. */
export const getOffer = (request: Fetch, code: string) =>
  answer(api(request).GET('/shop/products/{code}', { params: { path: { code } } }));

/** Up to four products side by side: `code` or `code~plan`, separated by commas. */
export const compareOffers = (request: Fetch, items: string) =>
  answer(api(request).GET('/shop/comparison', { params: { query: { items } } }));

export type Comparison = Awaited<ReturnType<typeof compareOffers>>;

/** What a choice costs in this storefront now. */
export const quote = ({ plan, quantity, months, pieces }: PlanChoice) =>
  answer(api().GET('/shop/price', { params: { query: { plan, quantity, months, pieces } } }));
