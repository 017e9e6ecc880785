import { z } from 'zod';
import type { AttributeValues } from '../../domain/catalogue/attributes.ts';
import { isEditable } from '../../domain/catalogue/listing.ts';
import { checkPlan } from '../../domain/catalogue/plan-rules.ts';
import { BusinessError } from '../../domain/errors.ts';
import { changePlan, createPlan, readPlan, setAvailable } from '../../db/catalogue/plans.ts';
import { readProduct } from '../../db/catalogue/products.ts';
import { audit } from '../audit.ts';
import { route, type AnyRoute } from '../route.ts';
import { idParams, quantitySchema } from '../schemas.ts';
import { productDetail } from './product-view.ts';
import { newPlanFields, planFields, productDetailSchema } from './staff-schemas.ts';

const planErrors = [
  'NOT_FOUND',
  'PRODUCT_NOT_EDITABLE',
  'PLAN_PERIODS_NOT_VALID',
  'PLAN_QUANTITY_NOT_VALID',
  'PLAN_CHOICE_UNKNOWN',
  'QUANTITY_NOT_VALID',
  'ATTRIBUTE_UNKNOWN',
  'ATTRIBUTE_NOT_VALID',
] as const;

export const planRoutes: readonly AnyRoute[] = [
  route({
    method: 'post',
    path: '/products/:id/plans',
    permission: 'product.edit',
    summary: 'Add a plan with its billing components; it has no price and no stock yet',
    params: idParams,
    body: z.object(newPlanFields),
    response: productDetailSchema,
    status: 201,
    errors: [...planErrors, 'CODE_TAKEN'],
    handler: (context) =>
      context.run(async (em) => {
        const { organisationId } = context.session;
        const product = await readProduct(em, organisationId, context.params.id, 'for update');
        if (!isEditable(product.state)) throw new BusinessError('PRODUCT_NOT_EDITABLE');
        checkPlan(product.kind, context.body);
        const plan = { ...context.body, specification: context.body.specification as AttributeValues };
        const id = await createPlan(em, { organisationId, productId: product.id }, plan);
        await audit(em, context, {
          action: 'plan.created',
          subjectType: 'plan',
          subjectId: id,
          after: { code: plan.code },
        });
        return productDetail(em, context, product.id);
      }),
  }),
  route({
    method: 'put',
    path: '/plans/:id',
    permission: 'product.edit',
    summary: 'Change a plan of a draft; code, billing and components stay',
    params: idParams,
    body: z.object(planFields),
    response: productDetailSchema,
    errors: planErrors,
    handler: (context) =>
      context.run(async (em) => {
        const { organisationId } = context.session;
        const before = await readPlan(em, organisationId, context.params.id);
        const product = await readProduct(em, organisationId, before.productId, 'for update');
        if (!isEditable(product.state)) throw new BusinessError('PRODUCT_NOT_EDITABLE');
        checkPlan(product.kind, { ...context.body, billing: before.billing });
        const fields = { ...context.body, specification: context.body.specification as AttributeValues };
        await changePlan(em, before.id, fields);
        await audit(em, context, {
          action: 'plan.changed',
          subjectType: 'plan',
          subjectId: before.id,
          before: { specification: before.specification, months: before.months, state: before.state },
          after: { specification: fields.specification, months: fields.months, state: fields.state },
        });
        return productDetail(em, context, product.id);
      }),
  }),
  route({
    method: 'put',
    path: '/plans/:id/stock',
    permission: 'product.edit',
    summary: 'Say how much of a plan can still be sold, beside what orders have reserved; null for unlimited',
    params: idParams,
    body: z.object({ available: quantitySchema.nullable() }),
    response: productDetailSchema,
    errors: ['NOT_FOUND'],
    handler: (context) =>
      context.run(async (em) => {
        const before = await readPlan(em, context.session.organisationId, context.params.id);
        const { available } = context.body;
        await setAvailable(em, before.id, available);
        await audit(em, context, {
          action: 'stock.set',
          subjectType: 'plan',
          subjectId: before.id,
          before: { available: before.available },
          after: { available },
        });
        return productDetail(em, context, before.productId);
      }),
  }),
];
