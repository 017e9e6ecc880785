import { z } from 'zod';
import { listingStates } from '../../domain/catalogue/listing.ts';
import { statesOf } from '../../domain/states.ts';
import { bilingualSchema, instantSchema, quantitySchema, uuidSchema } from '../schemas.ts';
import { billingSchema, codeSchema, kindSchema, valueSchema } from './schemas.ts';

export const listingStateSchema = z.enum(statesOf(listingStates)).meta({ id: 'ListingState' });

const textIn = (longest: number, shortest = 1) =>
  z.object({
    zh: z.string().trim().min(shortest).max(longest),
    en: z.string().trim().min(shortest).max(longest),
  });
const valuesSchema = z.record(z.string().max(60), valueSchema);
const choicesSchema = z.record(z.string().max(60), z.array(z.string().min(1).max(120)).max(100));

/** What staff write of a product. */
export const productFields = {
  name: textIn(80),
  summary: textIn(300, 0),
  provider: textIn(80),
  attributes: valuesSchema,
  poolId: uuidSchema.optional().meta({ description: 'Where it is opened; its supplier follows' }),
};

/** What staff write of a plan, and may change later. */
export const planFields = {
  name: textIn(80),
  specification: valuesSchema,
  choices: choicesSchema.default({}),
  months: z.array(z.number().int()).max(24).default([]),
  quantity: z
    .object({ min: quantitySchema, max: quantitySchema, step: quantitySchema })
    .default({ min: '1', max: '1', step: '1' }),
  maxPieces: z.number().int().min(1).max(100).default(20),
  position: z.number().int().min(0).max(10_000).default(0),
  state: z.enum(['active', 'retired']).default('active'),
};

export const newPlanFields = {
  ...planFields,
  code: codeSchema,
  billing: billingSchema,
  quantityUnit: z.string().regex(/^[a-z][a-z-]{0,30}$/),
  components: z
    .array(
      z.object({
        code: codeSchema,
        name: textIn(60),
        unit: z.string().regex(/^[a-z][a-z-]{0,30}$/),
        units: quantitySchema.default('1'),
      }),
    )
    .min(1)
    .max(20),
};

export const productSchema = z
  .object({
    id: uuidSchema,
    code: codeSchema,
    kind: kindSchema,
    name: bilingualSchema,
    summary: bilingualSchema,
    provider: bilingualSchema,
    attributes: z.record(z.string(), valueSchema),
    state: listingStateSchema,
    supplierId: uuidSchema.nullable(),
    poolId: uuidSchema.nullable(),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: 'Product' });

export const planSchema = z
  .object({
    id: uuidSchema,
    productId: uuidSchema,
    code: codeSchema,
    billing: billingSchema,
    quantityUnit: z.string(),
    name: bilingualSchema,
    specification: z.record(z.string(), valueSchema),
    choices: z.record(z.string(), z.array(z.string())),
    months: z.array(z.number().int()),
    quantity: z.object({ min: z.string(), max: z.string(), step: z.string() }),
    maxPieces: z.number().int(),
    position: z.number().int(),
    state: z.enum(['active', 'retired']),
    components: z.array(
      z.object({
        id: uuidSchema,
        code: z.string(),
        name: bilingualSchema,
        unit: z.string(),
        units: z.string(),
      }),
    ),
    available: z.string().nullable().meta({ description: 'Null for unlimited' }),
    reserved: z.string(),
    listUnitPrice: z
      .string()
      .nullable()
      .meta({ description: '分 per unit (and month) now; null without a price' }),
  })
  .meta({ id: 'Plan' });

export const productDetailSchema = productSchema
  .extend({
    plans: z.array(planSchema),
    events: z.array(
      z.object({
        from: listingStateSchema.nullable(),
        to: listingStateSchema,
        userName: z.string().nullable(),
        reason: z.string().nullable(),
        at: instantSchema,
      }),
    ),
    actions: z.array(z.string()).meta({ description: 'What the caller may do to the listing now' }),
  })
  .meta({ id: 'ProductDetail' });
