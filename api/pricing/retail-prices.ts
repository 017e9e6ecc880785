import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Offer, OfferPlan } from '../../domain/catalogue/offer.ts';
import { BusinessError } from '../../domain/errors.ts';
import type { PriceTerm } from '../../domain/pricing/amount.ts';
import { unitPriceOf } from '../../domain/pricing/breakdown.ts';
import { checkRetailPrice } from '../../domain/pricing/own-margin.ts';
import { readOffers } from '../../db/catalogue/offers.ts';
import { readOwnTerms, readRetailVersions } from '../../db/pricing/own-prices.ts';
import { addVersion } from '../../db/pricing/versions.ts';
import { audit } from '../audit.ts';
import { codeSchema, kindSchema, rateSchema, unitPriceSchema } from '../catalogue/schemas.ts';
import { instant } from '../pages.ts';
import { route, type AnyRoute } from '../route.ts';
import { bilingualSchema, emptySchema, instantSchema, uuidSchema } from '../schemas.ts';
import { startOf } from './start.ts';

const sellableSchema = z
  .object({
    planId: uuidSchema,
    productId: uuidSchema,
    productCode: codeSchema,
    planCode: codeSchema,
    kind: kindSchema,
    name: bilingualSchema,
    unit: z.string(),
    mode: z
      .enum(['discount', 'rebate'])
      .meta({ description: 'How one buys it: rebate means the price is not one’s own' }),
    listUnitPrice: unitPriceSchema,
    customerUnitPrice: unitPriceSchema,
    costUnitPrice: unitPriceSchema.nullable().meta({ description: 'One’s own cost; null under rebate' }),
    commissionRate: rateSchema.nullable(),
  })
  .meta({ id: 'SellablePlan' });

const versionSchema = z
  .object({
    id: uuidSchema,
    productId: uuidSchema.nullable(),
    planId: uuidSchema.nullable(),
    rate: rateSchema.nullable(),
    unitPrice: unitPriceSchema.nullable(),
    floorRate: rateSchema.nullable(),
    validFrom: instantSchema,
    validTo: instantSchema.nullable(),
  })
  .meta({
    id: 'RetailPrice',
    description: 'For one plan, one product, or all (both null); the narrowest counts',
  });

const retailBody = z
  .object({
    productId: uuidSchema.optional(),
    planId: uuidSchema.optional(),
    rate: rateSchema.optional(),
    unitPrice: unitPriceSchema.optional(),
    floorRate: rateSchema.optional(),
    validFrom: instantSchema.optional(),
  })
  .strict()
  .refine(({ rate, unitPrice }) => (rate === undefined) !== (unitPrice === undefined), { path: ['rate'] });

export const retailPriceRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/retail-prices',
    permission: 'price.read',
    summary: 'What one’s own organisation sells, at which cost and price, and its retail price versions',
    response: z.object({ items: z.array(sellableSchema), versions: z.array(versionSchema) }),
    handler: (context) =>
      context.run(
        async (em) => {
          const { organisationId } = context.session;
          const sold = await readSold(em, organisationId, context.now);
          const versions = await readRetailVersions(em, organisationId, context.now);
          return {
            items: sold.map(sellableView),
            versions: versions.map((version) => ({
              ...version,
              validFrom: instant(version.validFrom),
              validTo: instant(version.validTo),
            })),
          };
        },
        { readOnly: true },
      ),
  }),
  route({
    method: 'post',
    path: '/retail-prices',
    permission: 'price.edit',
    summary: 'Set one’s own price to customers for a plan, a product or all, from now or later on',
    body: retailBody,
    response: emptySchema,
    status: 201,
    errors: [
      'NOT_FOUND',
      'RETAIL_SET_BY_PRINCIPAL',
      'NEGATIVE_MARGIN',
      'BELOW_FLOOR',
      'PRICE_STARTS_IN_PAST',
      'PRICE_VERSION_EXISTS',
    ],
    handler: (context) =>
      context.run(async (em) => {
        const { organisationId } = context.session;
        const { rate, unitPrice, floorRate = null, planId, productId } = context.body;
        const validFrom = startOf(context);
        const sold = await readSold(em, organisationId, context.now);
        const meant = sold.filter(
          ({ offer, plan }) => (planId ?? plan.id) === plan.id && (productId ?? offer.id) === offer.id,
        );
        if (meant.length === 0) throw new BusinessError('NOT_FOUND');
        const retail: PriceTerm =
          rate === undefined ? { kind: 'fixed', unitPrice: unitPrice! } : { kind: 'rate', rate };
        checkAll(meant, retail, floorRate);
        const of = {
          product_id: planId === undefined ? (productId ?? null) : meant[0]!.offer.id,
          plan_id: planId ?? null,
        };
        const price = { rate: rate ?? null, unit_price: unitPrice ?? null, floor_rate: floorRate };
        await addVersion(em, 'retail_price', { organisation_id: organisationId, ...of, ...price }, validFrom);
        await audit(em, context, {
          action: 'retail-price.set',
          subjectType: 'retail-price',
          subjectId: of.plan_id ?? of.product_id ?? organisationId,
          after: { ...of, ...price, validFrom: validFrom.toISOString() },
        });
        return {};
      }),
  }),
];

interface Sold {
  readonly offer: Offer;
  readonly plan: OfferPlan;
  readonly bought: {
    readonly mode: 'discount' | 'rebate';
    readonly price: PriceTerm | null;
    readonly commissionRate: string;
  };
}

/** What an organisation sells in its own storefront, beside the terms it buys it on. */
async function readSold(em: EntityManager, organisationId: string, at: Date): Promise<Sold[]> {
  const offers = await readOffers(em, organisationId, at);
  const planIds = offers.flatMap((offer) => offer.plans.map(({ id }) => id));
  const terms = await readOwnTerms(em, organisationId, planIds, at);
  return offers.flatMap((offer) =>
    offer.plans.flatMap((plan) => {
      const bought = terms.get(plan.id);
      return bought ? [{ offer, plan, bought }] : [];
    }),
  );
}

/** A price for several plans is checked on those that are one's own to price; for none it is refused. */
function checkAll(meant: readonly Sold[], retail: PriceTerm, floorRate: string | null): void {
  const own = meant.filter(({ bought }) => bought.mode === 'discount');
  for (const { plan, bought } of own.length > 0 ? own : meant) {
    checkRetailPrice({ listUnitPrice: plan.listUnitPrice, retail, floorRate, bought });
  }
}

function sellableView({ offer, plan, bought }: Sold): z.input<typeof sellableSchema> {
  return {
    planId: plan.id,
    productId: offer.id,
    productCode: offer.code,
    planCode: plan.code,
    kind: offer.kind,
    name: { zh: `${offer.name.zh} ${plan.name.zh}`, en: `${offer.name.en} ${plan.name.en}` },
    unit: plan.quantity.unit,
    mode: bought.mode,
    listUnitPrice: plan.listUnitPrice,
    customerUnitPrice: plan.unitPrice,
    costUnitPrice: bought.price && unitPriceOf(bought.price, plan.listUnitPrice),
    commissionRate: bought.mode === 'rebate' ? bought.commissionRate : null,
  };
}
