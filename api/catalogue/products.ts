import { z } from 'zod';
import { checkAttributes } from '../../domain/catalogue/attributes.ts';
import { isEditable } from '../../domain/catalogue/listing.ts';
import { attributeSchemas } from '../../domain/catalogue/schemas/schemas.ts';
import { BusinessError } from '../../domain/errors.ts';
import {
  changeProduct,
  createProduct,
  listPools,
  listProducts,
  readProduct,
  setSupply,
} from '../../db/catalogue/products.ts';
import { audit } from '../audit.ts';
import { pageOfRows, positionOf } from '../pages.ts';
import { route, type AnyRoute } from '../route.ts';
import { idParams, pageOf, pageQuery, uuidSchema } from '../schemas.ts';
import { productDetail, productView } from './product-view.ts';
import { codeSchema, kindSchema } from './schemas.ts';
import { listingStateSchema, productDetailSchema, productFields, productSchema } from './staff-schemas.ts';

export const productRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/products',
    permission: 'product.read',
    summary: 'Products of one’s own organisation in every state, latest first',
    query: z.object({ state: listingStateSchema.optional(), kind: kindSchema.optional(), ...pageQuery }),
    response: pageOf(productSchema.extend({ planCount: z.number().int() })),
    async handler(context) {
      const { cursor, limit, state, kind } = context.query;
      const wanted = { position: positionOf(cursor), limit, state, kind };
      const rows = await context.run((em) => listProducts(em, context.session.organisationId, wanted), {
        readOnly: true,
      });
      return pageOfRows(
        rows,
        limit,
        (row) => row.id,
        (row) => ({ ...productView(row), planCount: row.planCount }),
      );
    },
  }),
  route({
    method: 'get',
    path: '/products/:id',
    permission: 'product.read',
    summary: 'One product with its plans, stock, history and what may be done to it',
    params: idParams,
    response: productDetailSchema,
    errors: ['NOT_FOUND'],
    handler: (context) =>
      context.run((em) => productDetail(em, context, context.params.id), { readOnly: true }),
  }),
  route({
    method: 'post',
    path: '/products',
    permission: 'product.edit',
    summary: 'Draft a product',
    body: z.object({ code: codeSchema.max(48), kind: kindSchema, ...productFields }),
    response: productDetailSchema,
    status: 201,
    errors: [
      'PRODUCT_OF_PLATFORM_ONLY',
      'CODE_TAKEN',
      'ATTRIBUTE_UNKNOWN',
      'ATTRIBUTE_NOT_VALID',
      'NOT_FOUND',
    ],
    async handler(context) {
      if (context.session.organisationKind !== 'platform')
        throw new BusinessError('PRODUCT_OF_PLATFORM_ONLY');
      const { poolId, ...product } = context.body;
      const { organisationId } = context.session;
      const attributes = checkAttributes(attributeSchemas[product.kind], 'product', product.attributes);
      return context.run(async (em) => {
        const id = await createProduct(em, organisationId, { ...product, attributes }, context.now);
        if (poolId !== undefined) await setSupply(em, organisationId, id, poolId);
        await audit(em, context, {
          action: 'product.created',
          subjectType: 'product',
          subjectId: id,
          after: { code: product.code },
        });
        return productDetail(em, context, id);
      });
    },
  }),
  route({
    method: 'put',
    path: '/products/:id',
    permission: 'product.edit',
    summary: 'Change a draft',
    params: idParams,
    body: z.object(productFields),
    response: productDetailSchema,
    errors: ['NOT_FOUND', 'PRODUCT_NOT_EDITABLE', 'ATTRIBUTE_UNKNOWN', 'ATTRIBUTE_NOT_VALID'],
    handler: (context) =>
      context.run(async (em) => {
        const { organisationId } = context.session;
        const { id } = context.params;
        const before = await readProduct(em, organisationId, id, 'for update');
        if (!isEditable(before.state)) throw new BusinessError('PRODUCT_NOT_EDITABLE');
        const { poolId, ...fields } = context.body;
        const attributes = checkAttributes(attributeSchemas[before.kind], 'product', fields.attributes);
        await changeProduct(em, id, { ...fields, attributes }, context.now);
        if (poolId !== undefined) await setSupply(em, organisationId, id, poolId);
        await audit(em, context, {
          action: 'product.changed',
          subjectType: 'product',
          subjectId: id,
          before: { name: before.name, attributes: before.attributes, poolId: before.poolId },
          after: { name: fields.name, attributes, poolId: poolId ?? before.poolId },
        });
        return productDetail(em, context, id);
      }),
  }),
  route({
    method: 'get',
    path: '/pools',
    permission: 'product.edit',
    summary: 'Pools of one’s own organisation that products can be opened from',
    response: z.object({
      items: z.array(
        z.object({
          id: uuidSchema,
          code: z.string(),
          name: z.string(),
          driver: z.string(),
          state: z.string(),
        }),
      ),
    }),
    async handler(context) {
      const items = await context.run((em) => listPools(em, context.session.organisationId), {
        readOnly: true,
      });
      return { items };
    },
  }),
];
