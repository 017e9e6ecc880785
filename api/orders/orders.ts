import { z } from 'zod';
import { BusinessError } from '../../domain/errors.ts';
import { makeNumber } from '../../domain/numbers.ts';
import {
  mostLines,
  orderMessages,
  orderWorkflow,
  orderWorkflowId,
  type CancelRequest,
  type OrderInput,
  type PayAnswer,
  type PayRequest,
  type SubmittedOrder,
} from '../../domain/orders.messages.ts';
import { removeCartLine } from '../../db/cart/lines.ts';
import { readDefaultProject } from '../../db/orders/projects.ts';
import { listOrders, readOrder } from '../../db/orders/read-orders.ts';
import { audit } from '../audit.ts';
import type { SignedInContext } from '../context.ts';
import { ask, businessError, startAndAsk } from '../process-calls.ts';
import { pageOfRows, positionOf } from '../pages.ts';
import { route, type AnyRoute } from '../route.ts';
import { fenSchema, instantSchema, pageOf, pageQuery, quantitySchema, uuidSchema } from '../schemas.ts';
import { orderNumberSchema, orderSchema, orderStateSchema, orderSummarySchema } from './schemas.ts';
import { orderView, summaryView } from './views.ts';

const itemSchema = z.strictObject({
  planId: uuidSchema,
  quantity: quantitySchema,
  months: z.number().int().min(0).max(60),
  pieces: z.number().int().min(1).max(100),
  configuration: z.record(z.string().max(60), z.string().max(120)),
  /** What the customer saw for all pieces; another price is refused with PRICE_CHANGED. */
  priceSeen: z.string().regex(/^\d{1,15}$/),
  /** The cart line it was, which leaves the cart when the order is there. */
  cartLineId: uuidSchema.optional(),
});

const numberParams = z.object({ number: orderNumberSchema });

const submissionErrors = [
  ...(['EMPTY_ORDER', 'TOO_MANY_LINES', 'PLAN_NOT_FOR_SALE', 'PRICE_CHANGED', 'OUT_OF_STOCK'] as const),
  ...([
    'PROJECT_NOT_FOUND',
    'TEMPORARILY_NOT_AVAILABLE',
    'QUANTITY_NOT_VALID',
    'QUANTITY_NOT_OFFERED',
  ] as const),
  ...(['PLAN_PERIOD_NOT_OFFERED', 'PLAN_HAS_NO_PERIOD', 'PIECES_NOT_OFFERED', 'OPTION_NOT_OFFERED'] as const),
];

export const orderRoutes: readonly AnyRoute[] = [
  route({
    method: 'post',
    path: '/orders',
    permission: 'order.submit',
    summary:
      'Submit an order: prices are frozen, stock and every edge reserved; it waits thirty minutes for payment',
    body: z.object({
      items: z.array(itemSchema).min(1).max(mostLines),
      projectId: uuidSchema.optional(),
      note: z.string().trim().max(500).optional(),
    }),
    response: z.object({ number: z.string(), total: fenSchema, expiresAt: instantSchema }),
    status: 201,
    idempotent: true,
    errors: submissionErrors,
    async handler(context) {
      const { body, session, services, attempt } = context;
      const number = makeNumber('order', attempt.at, attempt.random);
      const projectId =
        body.projectId ?? (await context.run((em) => readDefaultProject(em, session.organisationId)));
      const input: OrderInput = {
        number,
        buyerId: session.organisationId,
        sellerId: session.parentId!,
        userId: session.userId,
        at: attempt.at.toISOString(),
        items: body.items.map(({ cartLineId: _, ...item }) => ({ ...item, projectId })),
        ...(body.note ? { note: body.note } : {}),
      };
      const submitted = await startAndAsk<SubmittedOrder>(services, {
        type: orderWorkflow,
        workflowId: orderWorkflowId(number),
        input,
        update: orderMessages.submit,
        summary: `Order ${number}`,
      });
      const answer = submitted ?? (await endedOrder(context, number));
      await context.run(async (em) => {
        for (const { cartLineId } of body.items)
          if (cartLineId) await removeCartLine(em, session, cartLineId);
        await audit(em, context, {
          action: 'order.submit',
          subjectType: 'order',
          subjectId: number,
          after: { total: answer.total },
        });
      });
      return { number, total: answer.total, expiresAt: answer.expiresAt };
    },
  }),
  route({
    method: 'get',
    path: '/orders',
    permission: 'order.read',
    summary: 'One’s own orders, latest first',
    query: z.object({ ...pageQuery, state: orderStateSchema.optional() }),
    response: pageOf(orderSummarySchema),
    async handler(context) {
      const { cursor, limit, state } = context.query;
      const party = { as: 'buyer', id: context.session.organisationId } as const;
      const wanted = { position: positionOf(cursor), limit, state };
      const rows = await context.run((em) => listOrders(em, party, wanted), { readOnly: true });
      return pageOfRows(rows, limit, (row) => row.id, summaryView);
    },
  }),
  route({
    method: 'get',
    path: '/orders/:number',
    permission: 'order.read',
    summary: 'One order with its lines, their progress and what happened',
    params: numberParams,
    response: orderSchema,
    errors: ['NOT_FOUND'],
    handler: (context) =>
      context.run(async (em) => orderView(em, await ownOrder(em, context), context.language), {
        readOnly: true,
      }),
  }),
  route({
    method: 'post',
    path: '/orders/:number/pay',
    permission: 'order.pay',
    summary: 'Pay from the wallet, gift first, all or nothing; a repeated click joins the payment under way',
    params: numberParams,
    response: z.object({ state: orderStateSchema }),
    idempotent: true,
    errors: [
      ...(['NOT_FOUND', 'INSUFFICIENT_BALANCE', 'REDUCTION_EXCEEDS_MARGIN', 'ORDER_EXPIRED'] as const),
      'ORDER_CANCELED',
    ],
    async handler(context) {
      const { session, services, attempt } = context;
      const { number } = await context.run((em) => ownOrder(em, context));
      const argument: PayRequest = { userId: session.userId };
      const updateId = `pay:${attempt.key}`;
      const call = { workflowId: orderWorkflowId(number), update: orderMessages.pay, argument, updateId };
      await ask<PayAnswer>(services, call);
      return context.run(async (em) => {
        const { state } = await ownOrder(em, context);
        if (state === 'expired') throw new BusinessError('ORDER_EXPIRED');
        if (state === 'canceled') throw new BusinessError('ORDER_CANCELED');
        await auditOrder(em, context, 'order.pay', number, state);
        return { state };
      });
    },
  }),
  route({
    method: 'post',
    path: '/orders/:number/cancel',
    permission: 'order.submit',
    summary: 'Cancel an order that is not paid; what it reserved is released',
    params: numberParams,
    response: z.object({ state: orderStateSchema }),
    idempotent: true,
    errors: ['NOT_FOUND', 'ORDER_NOT_CANCELABLE'],
    async handler(context) {
      const { session, services, attempt } = context;
      const { number } = await context.run((em) => ownOrder(em, context));
      const argument: CancelRequest = { userId: session.userId };
      const updateId = `cancel:${attempt.key}`;
      const call = { workflowId: orderWorkflowId(number), update: orderMessages.cancel, argument, updateId };
      const answered = await ask<{ state: 'canceled' }>(services, call);
      return context.run(async (em) => {
        const { state } = answered ?? (await ownOrder(em, context));
        if (state !== 'canceled' && state !== 'expired') throw new BusinessError('ORDER_NOT_CANCELABLE');
        await auditOrder(em, context, 'order.cancel', number, state);
        return { state };
      });
    },
  }),
];

type Transaction = Parameters<Parameters<SignedInContext['run']>[0]>[0];

async function ownOrder(em: Transaction, context: SignedInContext & { params: { number: string } }) {
  const party = { as: 'buyer', id: context.session.organisationId } as const;
  const row = await readOrder(em, party, context.params.number);
  if (!row) throw new BusinessError('NOT_FOUND');
  return row;
}

const auditOrder = (
  em: Transaction,
  context: SignedInContext,
  action: 'order.pay' | 'order.cancel',
  number: string,
  state: string,
): Promise<void> => audit(em, context, { action, subjectType: 'order', subjectId: number, after: { state } });

/** A repeated submission whose process has ended: what it answered then, or refused with. */
async function endedOrder(
  context: SignedInContext,
  number: string,
): Promise<{ total: string; expiresAt: string }> {
  const party = { as: 'buyer', id: context.session.organisationId } as const;
  const row = await context.run((em) => readOrder(em, party, number));
  if (row) return { total: row.total, expiresAt: new Date(row.expiresAt).toISOString() };
  const handle = context.services.temporal.workflow.getHandle(orderWorkflowId(number));
  const end = (await handle.result()) as { refusal?: { code: string; details: Record<string, string> } };
  throw businessError(end.refusal?.code ?? '', end.refusal?.details ?? {}) ?? new BusinessError('CONFLICT');
}
