import { z } from 'zod';
import { listAuditEvents } from '../../db/identity/audit-list.ts';
import { instant, pageOfRows, positionOf } from '../pages.ts';
import { route, type AnyRoute } from '../route.ts';
import { instantSchema, pageOf, pageQuery, uuidSchema } from '../schemas.ts';

const valuesSchema = z.record(z.string(), z.unknown()).nullable();

export const auditEventRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/audit-events',
    permission: 'audit.read',
    summary: 'The audit trail of one’s own organisation, latest first',
    query: z.object({
      ...pageQuery,
      subjectType: z.string().max(60).optional(),
      subjectId: z.string().max(120).optional(),
      userId: uuidSchema.optional(),
    }),
    response: pageOf(
      z.object({
        id: uuidSchema,
        at: instantSchema,
        user: z.object({ id: uuidSchema, name: z.string().nullable() }).nullable(),
        action: z.string(),
        subjectType: z.string(),
        subjectId: z.string(),
        before: valuesSchema,
        after: valuesSchema,
        requestId: z.string().nullable(),
        address: z.string().nullable(),
      }),
    ),
    async handler(context) {
      const { cursor, limit, ...filters } = context.query;
      const wanted = { position: positionOf(cursor), limit, ...filters };
      const rows = await context.run((em) => listAuditEvents(em, context.session.organisationId, wanted), {
        readOnly: true,
      });
      return pageOfRows(
        rows,
        limit,
        (row) => row.id,
        (row) => ({
          id: row.id,
          at: instant(row.at),
          user: row.user_id === null ? null : { id: row.user_id, name: row.user_name },
          action: row.action,
          subjectType: row.subject_type,
          subjectId: row.subject_id,
          before: row.before,
          after: row.after,
          requestId: row.request_id,
          address: row.address,
        }),
      );
    },
  }),
];
