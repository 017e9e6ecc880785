import { z } from 'zod';
import { parseRate } from '../../domain/money.ts';
import { BusinessError } from '../../domain/errors.ts';
import { readPlan } from '../../db/catalogue/plans.ts';
import { readProduct } from '../../db/catalogue/products.ts';
import { readListPriceVersions, readPeriodDiscountVersions } from '../../db/pricing/list-price-versions.ts';
import { addVersion } from '../../db/pricing/versions.ts';
import { audit } from '../audit.ts';
import { codeSchema, rateSchema, unitPriceSchema } from '../catalogue/schemas.ts';
import { instant } from '../pages.ts';
import { route, type AnyRoute } from '../route.ts';
import { emptySchema, idParams, instantSchema, uuidSchema } from '../schemas.ts';
import { startOf } from './start.ts';

const versionFields = { validFrom: instantSchema, validTo: instantSchema.nullable() };

export const listPriceRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/products/:id/prices',
    permission: 'price.read',
    summary:
      'List prices and period discounts of a product of one’s own organisation, all versions, latest first',
    params: idParams,
    response: z.object({
      listPrices: z.array(
        z.object({
          planId: uuidSchema,
          component: codeSchema,
          unit: z.string(),
          unitPrice: unitPriceSchema.nullable(),
          validFrom: instantSchema.nullable(),
          validTo: instantSchema.nullable(),
        }),
      ),
      periodDiscounts: z.array(
        z.object({ planId: uuidSchema, months: z.number().int(), rate: rateSchema, ...versionFields }),
      ),
    }),
    errors: ['NOT_FOUND'],
    handler: (context) =>
      context.run(
        async (em) => {
          const { id } = await readProduct(em, context.session.organisationId, context.params.id);
          const prices = await readListPriceVersions(em, id);
          const discounts = await readPeriodDiscountVersions(em, id);
          return {
            listPrices: prices.map(({ planId, componentCode, unit, unitPrice, validFrom, validTo }) => ({
              ...{ planId, component: componentCode, unit, unitPrice },
              validFrom: instant(validFrom),
              validTo: instant(validTo),
            })),
            periodDiscounts: discounts.map(({ planId, months, rate, validFrom, validTo }) => ({
              ...{ planId, months, rate },
              validFrom: instant(validFrom),
              validTo: instant(validTo),
            })),
          };
        },
        { readOnly: true },
      ),
  }),
  route({
    method: 'post',
    path: '/plans/:id/list-prices',
    permission: 'price.edit',
    summary: 'Publish a list price of one component of a plan, from now or later on',
    params: idParams,
    body: z.object({
      component: codeSchema,
      unitPrice: unitPriceSchema,
      validFrom: instantSchema.optional(),
    }),
    response: emptySchema,
    status: 201,
    errors: ['NOT_FOUND', 'PRICE_STARTS_IN_PAST', 'PRICE_VERSION_EXISTS'],
    handler: (context) =>
      context.run(async (em) => {
        const plan = await readPlan(em, context.session.organisationId, context.params.id);
        const { component: code, unitPrice } = context.body;
        const component = plan.components.find((candidate) => candidate.code === code);
        if (!component) throw new BusinessError('NOT_FOUND', {}, { component: 'NOT_FOUND' });
        const validFrom = startOf(context);
        const owner = { product_id: plan.productId, organisation_id: context.session.organisationId };
        await addVersion(
          em,
          'list_price',
          { component_id: component.id, ...owner, unit_price: unitPrice },
          validFrom,
        );
        await audit(em, context, {
          action: 'list-price.set',
          subjectType: 'plan',
          subjectId: plan.id,
          after: { component: code, unitPrice, validFrom: validFrom.toISOString() },
        });
        return {};
      }),
  }),
  route({
    method: 'post',
    path: '/plans/:id/period-discounts',
    permission: 'price.edit',
    summary: 'Let every month count less from so many months on; a rate of 1 ends it',
    params: idParams,
    body: z.object({
      months: z.number().int().min(2).max(60),
      rate: rateSchema.refine(isPeriodRate),
      validFrom: instantSchema.optional(),
    }),
    response: emptySchema,
    status: 201,
    errors: ['NOT_FOUND', 'PLAN_HAS_NO_PERIOD', 'PRICE_STARTS_IN_PAST', 'PRICE_VERSION_EXISTS'],
    handler: (context) =>
      context.run(async (em) => {
        const plan = await readPlan(em, context.session.organisationId, context.params.id);
        if (plan.billing !== 'subscription') throw new BusinessError('PLAN_HAS_NO_PERIOD');
        const { months, rate } = context.body;
        const validFrom = startOf(context);
        const owner = { product_id: plan.productId, organisation_id: context.session.organisationId };
        await addVersion(em, 'period_discount', { plan_id: plan.id, ...owner, months, rate }, validFrom);
        await audit(em, context, {
          action: 'period-discount.set',
          subjectType: 'plan',
          subjectId: plan.id,
          after: { months, rate, validFrom: validFrom.toISOString() },
        });
        return {};
      }),
  }),
];

/** Above 0 and at most 1. The pattern of a rate has been tried before, but both issues are told together. */
function isPeriodRate(text: string): boolean {
  if (!/^\d{1,3}(\.\d{1,10})?$/.test(text)) return false;
  const rate = parseRate(text);
  return rate > 0n && rate <= parseRate('1');
}
