import { z } from 'zod';
import type { ProductKind } from '../../domain/catalogue/kinds.ts';
import { BusinessError } from '../../domain/errors.ts';
import { accessFieldsOfKind } from '../../domain/resources/access.ts';
import { resourceStates } from '../../domain/resources/states.ts';
import { statesOf } from '../../domain/states.ts';
import {
  listResources,
  readResource,
  readResourceEvents,
  renameResource,
  type ResourceRow,
} from '../../db/resources/read-resources.ts';
import { audit } from '../audit.ts';
import { kindSchema } from '../catalogue/schemas.ts';
import type { SignedInContext } from '../context.ts';
import { instant, pageOfRows, positionOf } from '../pages.ts';
import { route, type AnyRoute } from '../route.ts';
import { bilingualSchema, emptySchema, instantSchema, pageOf, pageQuery, uuidSchema } from '../schemas.ts';

const stateSchema = z.enum(statesOf(resourceStates)).meta({ id: 'ResourceState' });
const numberParams = z.object({ number: z.string().regex(/^S\d{8}-[0-9A-HJKMNP-TV-Z]{8}$/) });

const resourceSchema = z
  .object({
    number: z.string(),
    name: z.string(),
    title: bilingualSchema,
    kind: kindSchema,
    quantity: z.string(),
    unit: z.string(),
    state: stateSchema,
    orderNumber: z.string(),
    project: z.object({ id: uuidSchema, name: z.string() }),
    activatedAt: instantSchema.nullable(),
    endsAt: instantSchema.nullable(),
    createdAt: instantSchema,
  })
  .meta({ id: 'Resource' });

const detailSchema = resourceSchema
  .extend({
    specification: z.record(z.string(), z.unknown()),
    /** Names of the connection information; the values are masked until they are revealed. */
    accessFields: z.array(z.string()),
    events: z.array(z.object({ state: z.string(), reason: z.string().nullable(), at: instantSchema })),
  })
  .meta({ id: 'ResourceDetail' });

export const resourceRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/resources',
    permission: 'resource.read',
    summary: 'Resources of one’s own organisation, latest first',
    query: z.object({
      ...pageQuery,
      state: stateSchema.optional(),
      kind: kindSchema.optional(),
      projectId: uuidSchema.optional(),
    }),
    response: pageOf(resourceSchema),
    async handler(context) {
      const { cursor, limit, ...filters } = context.query;
      const wanted = { position: positionOf(cursor), limit, ...filters };
      const rows = await context.run((em) => listResources(em, context.session.organisationId, wanted), {
        readOnly: true,
      });
      return pageOfRows(rows, limit, (row) => row.id, resourceView);
    },
  }),
  route({
    method: 'get',
    path: '/resources/:number',
    permission: 'resource.read',
    summary: 'One resource; its connection information is named, not shown',
    params: numberParams,
    response: detailSchema,
    errors: ['NOT_FOUND'],
    handler: (context) =>
      context.run(
        async (em) => {
          const row = await ownResource(em, context);
          const events = await readResourceEvents(em, row.id);
          return {
            ...resourceView(row),
            specification: row.specification,
            accessFields: Object.keys(accessOf(context, row) ?? {}),
            events: events.map(({ at, ...event }) => ({ ...event, at: instant(at) })),
          };
        },
        { readOnly: true },
      ),
  }),
  route({
    method: 'post',
    path: '/resources/:number/reveal',
    permission: 'resource.reveal',
    summary: 'Show the connection information; every look is kept in the audit trail',
    params: numberParams,
    response: z
      .object({
        access: z.record(z.string(), z.unknown()),
        /** Names and secrecy of fields that people back-filled; others explain themselves. */
        fields: z.array(z.object({ key: z.string(), name: bilingualSchema, secret: z.boolean() })),
      })
      .meta({ id: 'AccessInformation' }),
    errors: ['NOT_FOUND', 'ACCESS_NOT_READY'],
    handler: (context) =>
      context.run(async (em) => {
        const row = await ownResource(em, context);
        const access = row.state === 'creating' ? null : accessOf(context, row);
        if (!access) throw new BusinessError('ACCESS_NOT_READY');
        await audit(em, context, {
          action: 'resource.reveal',
          subjectType: 'resource',
          subjectId: row.number,
        });
        const fields = accessFieldsOfKind[row.kind as ProductKind];
        return { access, fields: fields.map(({ key, name, secret }) => ({ key, name, secret })) };
      }),
  }),
  route({
    method: 'patch',
    path: '/resources/:number',
    permission: 'resource.manage',
    summary: 'Give a resource another name',
    params: numberParams,
    body: z.object({ name: z.string().trim().min(1).max(60) }),
    response: emptySchema,
    errors: ['NOT_FOUND'],
    async handler(context) {
      const { organisationId } = context.session;
      await context.run(async (em) => {
        const isThere = await renameResource(em, organisationId, context.params.number, context.body.name);
        if (!isThere) throw new BusinessError('NOT_FOUND');
      });
      return {};
    },
  }),
];

type Transaction = Parameters<Parameters<SignedInContext['run']>[0]>[0];

async function ownResource(
  em: Transaction,
  { session, params }: SignedInContext & { params: { number: string } },
): Promise<ResourceRow> {
  const row = await readResource(em, session.organisationId, params.number);
  if (!row) throw new BusinessError('NOT_FOUND');
  return row;
}

function accessOf({ services }: SignedInContext, row: ResourceRow): Record<string, unknown> | null {
  if (row.accessSealed === null) return null;
  const place = { table: 'resource', column: 'access_sealed', id: row.id };
  return JSON.parse(services.secrets.open(row.accessSealed, place).reveal()) as Record<string, unknown>;
}

function resourceView(row: ResourceRow): z.input<typeof resourceSchema> {
  const { number, name, title, quantity, unit, state, orderNumber, project } = row;
  return {
    number,
    name,
    title,
    kind: row.kind as ProductKind,
    quantity,
    unit,
    state,
    orderNumber,
    project,
    activatedAt: instant(row.activatedAt),
    endsAt: instant(row.endsAt),
    createdAt: instant(row.createdAt),
  };
}
