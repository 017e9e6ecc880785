import { z } from 'zod';
import { BusinessError } from '../../domain/errors.ts';
import { areaOfKind } from '../../domain/identity/menu.ts';
import { formatYuan } from '../../domain/money.ts';
import { makeNumber } from '../../domain/numbers.ts';
import {
  rechargeMessages,
  rechargeWorkflow,
  rechargeWorkflowId,
  type CreatedRecharge,
  type RechargeInput,
} from '../../domain/payments.messages.ts';
import { rechargeStates } from '../../domain/payments/states.ts';
import { statesOf } from '../../domain/states.ts';
import { readOrder } from '../../db/orders/read-orders.ts';
import {
  listRecharges,
  readOwnRecharge,
  readStatement,
  readWallet,
  takesOnlinePayment,
  type RechargeListRow,
} from '../../db/payments/read-payments.ts';
import { audit } from '../audit.ts';
import { instant, pageOfRows, positionOf } from '../pages.ts';
import { startAndAsk } from '../process-calls.ts';
import { route, type AnyRoute } from '../route.ts';
import { originFor } from './return-address.ts';
import { fenSchema, instantSchema, pageOf, pageQuery, positiveFenSchema } from '../schemas.ts';
import { orderNumberSchema } from '../orders/schemas.ts';

const rechargeNumberSchema = z.string().regex(/^R\d{8}-[0-9A-HJKMNP-TV-Z]{8}$/);
const stateSchema = z.enum(statesOf(rechargeStates)).meta({ id: 'RechargeState' });

const rechargeSchema = z
  .object({
    number: z.string(),
    amount: fenSchema,
    channel: z.enum(['alipay']),
    state: stateSchema,
    orderNumber: z.string().nullable(),
    tradeNumber: z.string().nullable(),
    /** The cashier page; null once it is of no use. */
    payUrl: z.string().nullable(),
    expiresAt: instantSchema,
    createdAt: instantSchema,
    endedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Recharge' });

const statementLineSchema = z
  .object({
    eventId: z.string(),
    part: z.enum(['cash', 'gift']),
    /** What happened: recharge, gift, sale, refund. */
    type: z.string(),
    /** Number of the order line or recharge. */
    source: z.string(),
    at: instantSchema,
    amount: fenSchema,
    balanceAfter: fenSchema,
  })
  .meta({ id: 'StatementLine' });

/** The most that one recharge takes, 分. */
const largestRecharge = 100_000_000n;

export const paymentRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/wallet',
    permission: 'wallet.read',
    summary:
      'The wallet at one’s seller: cash, gift, what is held for orders, what is available; read from the books',
    response: z
      .object({
        cash: fenSchema,
        gift: fenSchema,
        held: fenSchema,
        available: fenSchema,
        onlinePayment: z.boolean(),
      })
      .meta({ id: 'Wallet' }),
    handler: (context) =>
      context.run(
        async (em) => {
          const { organisationId, parentId } = context.session;
          const { cash, gift, held } = await readWallet(em, organisationId, parentId!);
          return {
            cash: cash.toString(),
            gift: gift.toString(),
            held: held.toString(),
            available: (cash + gift - held).toString(),
            onlinePayment: await takesOnlinePayment(em, organisationId),
          };
        },
        { readOnly: true },
      ),
  }),
  route({
    method: 'get',
    path: '/wallet/statement',
    permission: 'wallet.read',
    summary: 'Movements of the wallet with running balance, latest first',
    query: z.object({
      cursor: z
        .string()
        .regex(/^\d{1,18}$/)
        .optional(),
      limit: pageQuery.limit,
    }),
    response: pageOf(statementLineSchema),
    async handler(context) {
      const { cursor, limit } = context.query;
      const { organisationId, parentId } = context.session;
      // One event may move cash and gift: a page ends between two events.
      const rows = await context.run(
        (em) => readStatement(em, organisationId, parentId!, { before: cursor ?? null, limit: limit + 2 }),
        { readOnly: true },
      );
      const isMore = rows.length > limit;
      const last = isMore ? rows[limit - 1]!.eventId : null;
      const cut =
        isMore && rows[limit]!.eventId === last ? rows.findIndex((row) => row.eventId === last) : limit;
      const shown = rows.slice(0, cut || limit + 1);
      return {
        items: shown.map(({ at, ...line }) => ({ ...line, at: instant(at) })),
        nextCursor: isMore ? shown.at(-1)!.eventId : null,
      };
    },
  }),
  route({
    method: 'post',
    path: '/recharges',
    permission: 'recharge.create',
    summary: 'Recharge by Alipay; bound to an order it pays for that order as soon as the money is there',
    body: z.object({
      amount: positiveFenSchema,
      channel: z.enum(['alipay']).default('alipay'),
      orderNumber: orderNumberSchema.optional(),
    }),
    response: z.object({ number: z.string(), payUrl: z.string(), expiresAt: instantSchema }),
    status: 201,
    idempotent: true,
    errors: ['ONLINE_PAYMENT_NOT_OFFERED', 'RECHARGE_TOO_LARGE', 'NOT_FOUND', 'ORDER_EXPIRED'],
    async handler(context) {
      const { body, session, services, attempt } = context;
      if (body.amount > largestRecharge) {
        throw new BusinessError('RECHARGE_TOO_LARGE', { maximumYuan: formatYuan(largestRecharge) });
      }
      const number = makeNumber('recharge', attempt.at, attempt.random);
      if (body.orderNumber !== undefined) {
        const party = { as: 'buyer', id: session.organisationId } as const;
        const order = await context.run((em) => readOrder(em, party, body.orderNumber!));
        if (!order) throw new BusinessError('NOT_FOUND');
        if (order.state !== 'awaiting-payment') throw new BusinessError('ORDER_EXPIRED');
      }
      const back =
        body.orderNumber === undefined ? `wallet/recharges/${number}` : `orders/${body.orderNumber}`;
      const input: RechargeInput = {
        number,
        customerId: session.organisationId,
        sellerId: session.parentId!,
        userId: session.userId,
        amount: body.amount.toString(),
        channel: body.channel,
        ...(body.orderNumber === undefined ? {} : { orderNumber: body.orderNumber }),
        returnUrl: `${await originFor(context)}${areaOfKind.customer}/${back}`,
        at: attempt.at.toISOString(),
      };
      const created = await startAndAsk<CreatedRecharge>(services, {
        type: rechargeWorkflow,
        workflowId: rechargeWorkflowId(number),
        input,
        update: rechargeMessages.create,
        summary: `Recharge ${number}`,
      });
      await context.run((em) =>
        audit(em, context, {
          action: 'recharge.create',
          subjectType: 'recharge',
          subjectId: number,
          after: { amount: input.amount, channel: input.channel },
        }),
      );
      if (created) return { number, payUrl: created.payUrl, expiresAt: created.expiresAt };
      const row = await context.run((em) => readOwnRecharge(em, session.organisationId, number));
      if (!row?.payUrl) throw new BusinessError('ONLINE_PAYMENT_NOT_OFFERED');
      return { number, payUrl: row.payUrl, expiresAt: instant(row.expiresAt) };
    },
  }),
  route({
    method: 'get',
    path: '/recharges',
    permission: 'wallet.read',
    summary: 'One’s own recharges, latest first',
    query: z.object(pageQuery),
    response: pageOf(rechargeSchema),
    async handler(context) {
      const { cursor, limit } = context.query;
      const wanted = { position: positionOf(cursor), limit };
      const rows = await context.run((em) => listRecharges(em, context.session.organisationId, wanted), {
        readOnly: true,
      });
      return pageOfRows(rows, limit, (row) => row.id, rechargeView);
    },
  }),
  route({
    method: 'get',
    path: '/recharges/:number',
    permission: 'wallet.read',
    summary: 'One recharge',
    params: z.object({ number: rechargeNumberSchema }),
    response: rechargeSchema,
    errors: ['NOT_FOUND'],
    async handler(context) {
      const row = await context.run(
        (em) => readOwnRecharge(em, context.session.organisationId, context.params.number),
        { readOnly: true },
      );
      if (!row) throw new BusinessError('NOT_FOUND');
      return rechargeView(row);
    },
  }),
];

function rechargeView(row: RechargeListRow): z.input<typeof rechargeSchema> {
  const { number, amount, channel, state, orderNumber, tradeNumber } = row;
  return {
    number,
    amount,
    channel,
    state,
    orderNumber,
    tradeNumber,
    payUrl: state === 'pending' ? row.payUrl : null,
    expiresAt: instant(row.expiresAt),
    createdAt: instant(row.createdAt),
    endedAt: instant(row.endedAt),
  };
}
