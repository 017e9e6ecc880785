import { z } from 'zod';
import type { ProductKind } from '../../domain/catalogue/kinds.ts';
import { BusinessError } from '../../domain/errors.ts';
import {
  orderLineMessages,
  orderLineWorkflowId,
  type WorkOrderAction,
} from '../../domain/orders.messages.ts';
import { workOrderStates } from '../../domain/orders/states.ts';
import { accessFieldsOfKind, faultyAccessFields } from '../../domain/resources/access.ts';
import { statesOf } from '../../domain/states.ts';
import {
  listWorkOrders,
  readWorkOrder,
  readWorkOrderEvents,
  type WorkOrderListRow,
  type WorkOrderParty,
} from '../../db/orders/read-work-orders.ts';
import { audit } from '../audit.ts';
import { kindSchema } from '../catalogue/schemas.ts';
import type { Attempt, SignedInContext } from '../context.ts';
import { fieldError } from '../input.ts';
import { instant, pageOfRows, positionOf } from '../pages.ts';
import { ask } from '../process-calls.ts';
import { route, type AnyRoute } from '../route.ts';
import { bilingualSchema, instantSchema, pageOf, pageQuery } from '../schemas.ts';

const stateSchema = z.enum(statesOf(workOrderStates)).meta({ id: 'WorkOrderState' });
const numberParams = z.object({ number: z.string().regex(/^W\d{8}-[0-9A-HJKMNP-TV-Z]{8}$/) });
const driverSchema = z.enum(['slurm', 'open-computing', 'manual']);

const workOrderSchema = z
  .object({
    number: z.string(),
    kind: z.enum(['open', 'change', 'close']),
    orderNumber: z.string(),
    line: z.number().int(),
    productKind: kindSchema,
    title: bilingualSchema,
    driver: driverSchema,
    pool: z.string(),
    externalName: z.string(),
    state: stateSchema,
    assignedTo: z.object({ name: z.string(), isMe: z.boolean() }).nullable(),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: 'WorkOrder' });

const detailSchema = workOrderSchema
  .extend({
    request: z.record(z.string(), z.unknown()),
    failureCode: z.string().nullable(),
    /** What has to be back-filled for this kind. */
    accessFields: z.array(
      z.object({ key: z.string(), name: bilingualSchema, required: z.boolean(), secret: z.boolean() }),
    ),
    events: z.array(z.object({ state: z.string(), reason: z.string().nullable(), at: instantSchema })),
  })
  .meta({ id: 'WorkOrderDetail' });

const movedSchema = z.object({ state: stateSchema });
const moveErrors = [
  ...(['NOT_FOUND', 'WORK_ORDER_TAKEN', 'WORK_ORDER_NOT_CLAIMED'] as const),
  ...(['WORK_ORDER_ENDED', 'WORK_ORDER_NOT_MANUAL'] as const),
];

export const workOrderRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/work-orders',
    permission: 'work-order.read',
    summary: 'Work orders one’s organisation opened, or as a supplier has to fulfil; latest first',
    query: z.object({ ...pageQuery, state: stateSchema.optional(), driver: driverSchema.optional() }),
    response: pageOf(workOrderSchema),
    async handler(context) {
      const { cursor, limit, state, driver } = context.query;
      const wanted = { position: positionOf(cursor), limit, state, driver };
      const rows = await context.run((em) => listWorkOrders(em, partyOf(context), wanted), {
        readOnly: true,
      });
      return pageOfRows(
        rows,
        limit,
        (row) => row.id,
        (row) => workOrderView(context, row),
      );
    },
  }),
  route({
    method: 'get',
    path: '/work-orders/:number',
    permission: 'work-order.read',
    summary: 'One work order with what was bought and what has to be back-filled',
    params: numberParams,
    response: detailSchema,
    errors: ['NOT_FOUND'],
    handler: (context) =>
      context.run(
        async (em) => {
          const row = await ownWorkOrder(em, context);
          const events = await readWorkOrderEvents(em, row.id);
          return {
            ...workOrderView(context, row),
            request: row.request,
            failureCode: row.failureCode,
            accessFields: accessFieldsOfKind[row.productKind as ProductKind].map(
              ({ key, name, required, secret }) => ({ key, name, required, secret }),
            ),
            events: events.map(({ at, ...event }) => ({ ...event, at: instant(at) })),
          };
        },
        { readOnly: true },
      ),
  }),
  ...(['claim', 'give-back'] as const).map((action) =>
    route({
      method: 'post',
      path: `/work-orders/:number/${action}`,
      permission: 'work-order.handle',
      summary: action === 'claim' ? 'Take a work order in hand' : 'Give a work order back to the list',
      params: numberParams,
      response: movedSchema,
      idempotent: true,
      errors: moveErrors,
      handler: (context) => act(context, () => ({ action })),
    }),
  ),
  route({
    method: 'post',
    path: '/work-orders/:number/back-fill',
    permission: 'work-order.handle',
    summary: 'Back-fill the access information: the resource is active with it',
    params: numberParams,
    body: z.object({ access: z.record(z.string().max(60), z.string().max(4000)) }),
    response: movedSchema,
    idempotent: true,
    errors: [...moveErrors, 'ACCESS_INCOMPLETE'],
    handler: (context) =>
      act(context, (row) => {
        const { access } = context.body;
        const [faulty] = faultyAccessFields(row.productKind as ProductKind, access);
        if (faulty !== undefined) throw fieldError(`access.${faulty}`, 'ACCESS_INCOMPLETE');
        const place = { table: 'work_order', column: 'access', id: row.id };
        return {
          action: 'back-fill',
          sealedAccess: context.services.secrets.seal(JSON.stringify(access), place),
        };
      }),
  }),
  route({
    method: 'post',
    path: '/work-orders/:number/fail',
    permission: 'work-order.handle',
    summary: 'Say that it cannot be opened: the customer gets the money back',
    params: numberParams,
    body: z.object({ reason: z.string().trim().min(1).max(300) }),
    response: movedSchema,
    idempotent: true,
    errors: moveErrors,
    handler: (context) => act(context, () => ({ action: 'fail', reason: context.body.reason })),
  }),
];

type Transaction = Parameters<Parameters<SignedInContext['run']>[0]>[0];
type Numbered = SignedInContext & { params: { number: string } };
type Wanted = WorkOrderAction extends infer One
  ? One extends WorkOrderAction
    ? Omit<One, 'userId' | 'organisationId'>
    : never
  : never;

const partyOf = ({ session }: SignedInContext): WorkOrderParty => ({
  as: session.organisationKind === 'supplier' ? 'supplier' : 'organisation',
  id: session.organisationId,
});

async function ownWorkOrder(em: Transaction, context: Numbered): Promise<WorkOrderListRow> {
  const row = await readWorkOrder(em, partyOf(context), context.params.number);
  if (!row) throw new BusinessError('NOT_FOUND');
  return row;
}

/** Hands an action to the line's process, which alone moves work orders. */
async function act(
  context: Numbered & { attempt: Attempt },
  wanted: (row: WorkOrderListRow) => Wanted,
): Promise<z.input<typeof movedSchema>> {
  const { session, services, attempt } = context;
  const row = await context.run((em) => ownWorkOrder(em, context), { readOnly: true });
  const { userId, organisationId } = session;
  const argument = { ...wanted(row), userId, organisationId };
  const answer = await ask<z.input<typeof movedSchema>>(services, {
    workflowId: orderLineWorkflowId(row.orderNumber, row.line),
    update: orderLineMessages.handleWorkOrder,
    argument,
    updateId: `${argument.action}:${attempt.key}`,
  });
  if (!answer) throw new BusinessError('WORK_ORDER_ENDED');
  await context.run((em) =>
    audit(em, context, {
      action: `work-order.${argument.action}`,
      subjectType: 'work-order',
      subjectId: row.number,
      after: answer,
    }),
  );
  return answer;
}

function workOrderView({ session }: SignedInContext, row: WorkOrderListRow): z.input<typeof workOrderSchema> {
  const { number, kind, orderNumber, line, title, pool, externalName, state, assignedTo, assignedName } = row;
  return {
    number,
    kind,
    orderNumber,
    line,
    title,
    pool,
    externalName,
    state,
    productKind: row.productKind as ProductKind,
    driver: driverSchema.parse(row.driver),
    assignedTo:
      assignedTo === null ? null : { name: assignedName ?? '', isMe: assignedTo === session.userId },
    createdAt: instant(row.createdAt),
    updatedAt: instant(row.updatedAt),
  };
}
