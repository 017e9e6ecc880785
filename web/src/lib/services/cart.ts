import { answer, api, type Fetch } from '#lib/api/client.ts';
import type { components } from '#lib/api/schema.d.ts';
import type { PlanChoice } from './catalogue.ts';

export type Cart = components['schemas']['Cart'];
export type CartLine = components['schemas']['CartLine'];

/** The cart at the prices of now. */
export const getCart = (request: Fetch) => answer(api(request).GET('/cart'));

/** Puts a plan into the cart; the same choice joins its line. */
export const addToCart = (choice: PlanChoice) => answer(api().POST('/cart/lines', { body: choice }));

export const changeCartLine = (id: string, body: Partial<Omit<PlanChoice, 'plan'>>) =>
  answer(api().PATCH('/cart/lines/{id}', { params: { path: { id } }, body }));

export const removeCartLine = (id: string) =>
  answer(api().DELETE('/cart/lines/{id}', { params: { path: { id } } }));

/** The prices of now have been seen; the banner of changed prices goes. */
export const acceptPrices = () => answer(api().POST('/cart/prices-seen'));
