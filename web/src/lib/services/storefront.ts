import { answer, api, type Fetch } from '#lib/api/client.ts';

/** One's own storefront, null before it was set up. */
export const getStorefront = (request: Fetch) => answer(api(request).GET('/storefront'));

export type Storefront = NonNullable<Awaited<ReturnType<typeof getStorefront>>>;

export const putStorefront = (body: Storefront) => answer(api().PUT('/storefront', { body }));
