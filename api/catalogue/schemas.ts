import { z } from 'zod';
import { productKinds } from '../../domain/catalogue/kinds.ts';
import { bilingualSchema, fenSchema, uuidSchema } from '../schemas.ts';

export const kindSchema = z.enum(productKinds).meta({ id: 'ProductKind' });
export const codeSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{1,63}$/);

/** 分 per unit, and per month for subscriptions; up to ten decimals. */
export const unitPriceSchema = z
  .string()
  .regex(/^\d{1,10}(\.\d{1,10})?$/)
  .meta({ id: 'UnitPrice', description: '分 per unit (and month for subscriptions), decimal string' });

/** A rate of the list price: "0.95". */
export const rateSchema = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,10})?$/)
  .meta({ id: 'Rate', description: 'Rate as a decimal string' });

export const billingSchema = z.enum(['one-off', 'subscription', 'pack']);
export const stockSchema = z.enum(['plenty', 'low', 'none']);
export const valueSchema = z.union([z.number(), z.boolean(), z.string(), bilingualSchema]);
const groupSchema = z.enum(['function', 'performance', 'price', 'location']);

export const specificationSchema = z.array(
  z.object({
    key: z.string(),
    group: groupSchema,
    name: bilingualSchema,
    unit: bilingualSchema.nullable(),
    value: valueSchema,
  }),
);

const priceFromSchema = z.object({
  planCode: codeSchema,
  unitPrice: unitPriceSchema,
  listUnitPrice: unitPriceSchema,
  unit: z.string(),
  billing: billingSchema,
});

export const offerCardSchema = z
  .object({
    id: uuidSchema,
    code: codeSchema,
    kind: kindSchema,
    kindName: bilingualSchema,
    name: bilingualSchema,
    summary: bilingualSchema,
    provider: bilingualSchema,
    priceFrom: priceFromSchema,
    stock: stockSchema,
    planCount: z.number().int(),
    highlights: specificationSchema,
  })
  .meta({ id: 'OfferCard' });

export const offerPlanSchema = z
  .object({
    id: uuidSchema,
    code: codeSchema,
    name: bilingualSchema,
    billing: billingSchema,
    unit: z.string(),
    unitPrice: unitPriceSchema,
    listUnitPrice: unitPriceSchema,
    quantity: z.object({ min: z.string(), max: z.string(), step: z.string() }),
    months: z.array(z.number().int()),
    periodDiscounts: z.array(z.object({ months: z.number().int(), rate: rateSchema })),
    maxPieces: z.number().int(),
    stock: stockSchema,
    options: z.array(z.object({ key: z.string(), name: bilingualSchema, values: z.array(z.string()) })),
    specification: specificationSchema,
  })
  .meta({ id: 'OfferPlan' });

export const offerSchema = offerCardSchema
  .extend({ specification: specificationSchema, plans: z.array(offerPlanSchema) })
  .meta({ id: 'Offer' });

export const facetSchema = z
  .object({
    key: z.string(),
    name: bilingualSchema,
    unit: bilingualSchema.nullable(),
    values: z.array(
      z.object({
        value: z.string(),
        name: bilingualSchema,
        count: z.number().int(),
        isChosen: z.boolean(),
      }),
    ),
    range: z.object({ min: z.number(), max: z.number() }).nullable(),
  })
  .meta({ id: 'Facet' });

export const breakdownSchema = z
  .object({
    unitPrice: unitPriceSchema,
    unit: z.string(),
    list: fenSchema,
    discount: fenSchema,
    payable: fenSchema,
    each: fenSchema,
    pieces: z.number().int(),
    months: z.number().int(),
    quantity: z.string(),
  })
  .meta({ id: 'PriceBreakdown', description: 'list − discount = payable; payable = each × pieces' });

export const comparisonRowSchema = z
  .object({
    key: z.string(),
    group: groupSchema,
    name: bilingualSchema,
    unit: bilingualSchema.nullable(),
    values: z.array(valueSchema.nullable()),
    best: z.array(z.number().int()),
    isDifferent: z.boolean(),
  })
  .meta({ id: 'ComparisonRow' });
