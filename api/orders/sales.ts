import { z } from 'zod';
import { BusinessError } from '../../domain/errors.ts';
import { listLegs, listOrders, readOrder, type LegRow, type OrderRow } from '../../db/orders/read-orders.ts';
import { instant, pageOfRows, positionOf } from '../pages.ts';
import { route, type AnyRoute } from '../route.ts';
import { bilingualSchema, fenSchema, instantSchema, pageOf, pageQuery, uuidSchema } from '../schemas.ts';
import { orderNumberSchema, orderStateSchema, saleSchema, saleSummarySchema } from './schemas.ts';
import { orderView, summaryView } from './views.ts';

const legSchema = z
  .object({
    id: uuidSchema,
    orderNumber: z.string(),
    line: z.number().int(),
    /** Known for one's own customers; null for a sale further down. */
    title: bilingualSchema.nullable(),
    buyer: z.object({ id: uuidSchema, name: z.string().nullable() }),
    sellerId: uuidSchema,
    mode: z.enum(['discount', 'rebate']),
    gross: fenSchema,
    commission: fenSchema,
    net: fenSchema,
    at: instantSchema,
  })
  .meta({ id: 'SaleLeg', description: 'One’s own arrow of a price chain' });

export const saleRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/sales',
    permission: 'sale.read',
    summary: 'Orders of one’s own customers, latest first',
    query: z.object({ ...pageQuery, state: orderStateSchema.optional(), customerId: uuidSchema.optional() }),
    response: pageOf(saleSummarySchema),
    async handler(context) {
      const { cursor, limit, state, customerId } = context.query;
      const party = { as: 'seller', id: context.session.organisationId } as const;
      const wanted = { position: positionOf(cursor), limit, state, customerId };
      const rows = await context.run((em) => listOrders(em, party, wanted), { readOnly: true });
      return pageOfRows(
        rows,
        limit,
        (row) => row.id,
        (row) => ({ ...summaryView(row), customer: customerOf(row) }),
      );
    },
  }),
  route({
    method: 'get',
    path: '/sales/:number',
    permission: 'sale.read',
    summary: 'One order of a customer',
    params: z.object({ number: orderNumberSchema }),
    response: saleSchema,
    errors: ['NOT_FOUND'],
    handler: (context) =>
      context.run(
        async (em) => {
          const party = { as: 'seller', id: context.session.organisationId } as const;
          const row = await readOrder(em, party, context.params.number);
          if (!row) throw new BusinessError('NOT_FOUND');
          return { ...(await orderView(em, row, context.language)), customer: customerOf(row) };
        },
        { readOnly: true },
      ),
  }),
  route({
    method: 'get',
    path: '/sale-legs',
    permission: 'price.read',
    summary: 'One’s own legs of every frozen price chain: sold (`seller`, the default) or bought (`buyer`)',
    query: z.object({
      ...pageQuery,
      as: z.enum(['seller', 'buyer']).default('seller'),
      orderNumber: orderNumberSchema.optional(),
    }),
    response: pageOf(legSchema),
    async handler(context) {
      const { cursor, limit, as, orderNumber } = context.query;
      const party = { as, id: context.session.organisationId };
      const wanted = { position: positionOf(cursor), limit, orderNumber };
      const rows = await context.run((em) => listLegs(em, party, wanted), { readOnly: true });
      return pageOfRows(rows, limit, (row) => row.id, legView);
    },
  }),
];

const customerOf = (row: OrderRow) => ({ id: row.buyerId, name: row.buyerName ?? '' });

function legView({ buyerId, buyerName, at, micros: _, ...leg }: LegRow): z.input<typeof legSchema> {
  return { ...leg, buyer: { id: buyerId, name: buyerName }, at: instant(at) };
}
