import { z } from 'zod';
import { checkChoice } from '../../domain/catalogue/choice.ts';
import { facetsOf, filterOffers, parseFilters, sortOffers } from '../../domain/catalogue/facets.ts';
import { kindNames, productKinds } from '../../domain/catalogue/kinds.ts';
import type { Offer, OfferPlan } from '../../domain/catalogue/offer.ts';
import { BusinessError } from '../../domain/errors.ts';
import { readOffers } from '../../db/catalogue/offers.ts';
import type { OfferSelection } from '../../db/catalogue/offers.ts';
import type { Context } from '../context.ts';
import { route, type AnyRoute } from '../route.ts';
import { bilingualSchema, pageOf, pageQuery, quantitySchema } from '../schemas.ts';
import { pageOfOffers, matchesText } from './pages.ts';
import {
  breakdownSchema,
  codeSchema,
  facetSchema,
  kindSchema,
  offerCardSchema,
  offerSchema,
} from './schemas.ts';
import { breakdownView, cardOf, offerView } from './views.ts';

/** What the storefront that is looked at sells now. */
export function offersOf(context: Context, selection: OfferSelection = {}): Promise<Offer[]> {
  return context.services.database.inPublic((em) => readOffers(em, context.sellerId, context.now, selection));
}

/**
 * A plan that the storefront sells, by its code.
 * @throws BusinessError NOT_FOUND when it is not sold there
 */
export async function offeredPlan(
  context: Context,
  code: string,
): Promise<{ offer: Offer; plan: OfferPlan }> {
  const [offer] = await offersOf(context, { planCode: code });
  const plan = offer?.plans[0];
  if (!offer || !plan) throw new BusinessError('NOT_FOUND');
  return { offer, plan };
}

const repeated = z
  .union([z.string().max(120), z.array(z.string().max(120)).max(40)])
  .transform((value) => (typeof value === 'string' ? [value] : value));

export const shopRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/shop/categories',
    permission: 'public',
    summary: 'The kinds of products on sale in this storefront, with how many there are and from which price',
    response: z.object({
      items: z.array(
        z.object({
          kind: kindSchema,
          name: bilingualSchema,
          count: z.number().int(),
          priceFrom: offerCardSchema.shape.priceFrom.nullable(),
        }),
      ),
    }),
    async handler(context) {
      const byKind = Map.groupBy(await offersOf(context), (offer) => offer.kind);
      return {
        items: productKinds.map((kind) => {
          const offers = byKind.get(kind) ?? [];
          const [cheapest] = sortOffers(kind, offers, 'price:asc');
          const priceFrom = cheapest ? cardOf(cheapest).priceFrom : null;
          return { kind, name: kindNames[kind], count: offers.length, priceFrom };
        }),
      };
    },
  }),
  route({
    method: 'get',
    path: '/shop/products',
    permission: 'public',
    summary: 'Products on sale in this storefront: filter, sort and page through them',
    query: z.object({
      kind: kindSchema.optional(),
      filter: repeated.default([]).meta({ description: 'key:value or key:min..max, repeated' }),
      sort: z
        .string()
        .max(60)
        .default('newest')
        .meta({ description: 'newest, price:asc, price:desc or KEY:asc|desc' }),
      q: z.string().max(100).default(''),
      ...pageQuery,
    }),
    response: pageOf(offerCardSchema).extend({ count: z.number().int(), facets: z.array(facetSchema) }),
    errors: ['FILTER_NOT_VALID', 'SORT_NOT_VALID'],
    async handler(context) {
      const { kind = null, filter, sort, q, cursor, limit } = context.query;
      const filters = parseFilters(kind, filter);
      const offers = (await offersOf(context, { kind: kind ?? undefined })).filter((offer) =>
        matchesText(offer, q),
      );
      const sorted = sortOffers(kind, filterOffers(kind, offers, filters), sort);
      const page = pageOfOffers(sorted, cursor, limit);
      return {
        items: page.items.map(cardOf),
        nextCursor: page.nextCursor,
        count: sorted.length,
        facets: facetsOf(kind, offers, filters),
      };
    },
  }),
  route({
    method: 'get',
    path: '/shop/products/:code',
    permission: 'public',
    summary: 'One product with its specification and plans at this storefront’s prices',
    params: z.object({ code: codeSchema }),
    response: offerSchema,
    async handler(context) {
      const [offer] = await offersOf(context, { productCodes: [context.params.code] });
      if (!offer) throw new BusinessError('NOT_FOUND');
      return offerView(offer);
    },
  }),
  route({
    method: 'get',
    path: '/shop/price',
    permission: 'public',
    summary: 'What a choice of plan, quantity, period and pieces costs in this storefront now',
    query: z.object({
      plan: codeSchema,
      quantity: quantitySchema.default('1'),
      months: z.coerce.number().int().min(0).max(60).default(0),
      pieces: z.coerce.number().int().min(1).max(100).default(1),
    }),
    response: breakdownSchema,
    errors: ['QUANTITY_NOT_OFFERED', 'PLAN_PERIOD_NOT_OFFERED', 'PLAN_HAS_NO_PERIOD', 'PIECES_NOT_OFFERED'],
    async handler(context) {
      const { plan: code, ...choice } = context.query;
      const { offer, plan } = await offeredPlan(context, code);
      // Options cost nothing, so that a price can be shown before they are chosen.
      checkChoice(offer.kind, { ...plan, choices: {} }, { ...choice, configuration: {} });
      return breakdownView(plan, choice);
    },
  }),
];
