import { z } from 'zod';
import { orderLineStates, orderStates } from '../../domain/orders/states.ts';
import { orderSteps } from '../../domain/orders/steps.ts';
import { statesOf } from '../../domain/states.ts';
import { kindSchema } from '../catalogue/schemas.ts';
import { bilingualSchema, fenSchema, instantSchema, uuidSchema } from '../schemas.ts';

export const orderNumberSchema = z.string().regex(/^O\d{8}-[0-9A-HJKMNP-TV-Z]{8}$/);
export const orderStateSchema = z.enum(statesOf(orderStates)).meta({ id: 'OrderState' });
const lineStateSchema = z.enum(statesOf(orderLineStates)).meta({ id: 'OrderLineState' });

export const orderSummarySchema = z
  .object({
    number: z.string(),
    state: orderStateSchema,
    total: fenSchema,
    refunded: fenSchema,
    submittedAt: instantSchema,
    expiresAt: instantSchema,
    paidAt: instantSchema.nullable(),
    endedAt: instantSchema.nullable(),
    lineCount: z.number().int(),
    /** Of the first three groups. */
    titles: z.array(bilingualSchema),
  })
  .meta({ id: 'OrderSummary' });

const lineSchema = z
  .object({
    line: z.number().int(),
    group: z.number().int(),
    title: bilingualSchema,
    kind: kindSchema,
    productCode: z.string().nullable(),
    planCode: z.string().nullable(),
    quantity: z.string(),
    unit: z.string(),
    months: z.number().int(),
    configuration: z.record(z.string(), z.string()),
    list: fenSchema,
    price: fenSchema,
    state: lineStateSchema,
    progress: z.object({
      step: z.enum(orderSteps),
      state: z.enum(['waiting', 'running', 'done', 'failed']),
    }),
    /** Why it failed, in the caller's language; the money is back when the state is `refunded`. */
    failure: z.object({ code: z.string(), message: z.string() }).nullable(),
    resourceNumber: z.string().nullable(),
    activatedAt: instantSchema.nullable(),
    project: z.string().nullable(),
  })
  .meta({ id: 'OrderLine' });

const eventSchema = z.object({
  line: z.number().int().nullable(),
  state: z.string(),
  reason: z.string().nullable(),
  at: instantSchema,
});

export const orderSchema = orderSummarySchema
  .extend({
    note: z.string().nullable(),
    rechargeNumber: z.string().nullable(),
    lines: z.array(lineSchema),
    events: z.array(eventSchema),
  })
  .meta({ id: 'Order' });

/** The order of a customer as its seller sees it. */
export const saleSchema = orderSchema
  .extend({ customer: z.object({ id: uuidSchema, name: z.string() }) })
  .meta({ id: 'Sale' });

export const saleSummarySchema = orderSummarySchema
  .extend({ customer: z.object({ id: uuidSchema, name: z.string() }) })
  .meta({ id: 'SaleSummary' });
