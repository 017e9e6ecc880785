import { z } from 'zod';
import { BusinessError } from '../../domain/errors.ts';
import { endSessions, listSessions } from '../../db/identity/sessions.ts';
import { audit } from '../audit.ts';
import { route, type AnyRoute } from '../route.ts';
import { emptySchema, idParams, instantSchema, uuidSchema } from '../schemas.ts';

export const sessionRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/sessions',
    permission: 'signed-in',
    summary: 'One’s own living sessions, latest first',
    response: z.object({
      items: z.array(
        z.object({
          id: uuidSchema,
          current: z.boolean(),
          address: z.string(),
          agent: z.string(),
          createdAt: instantSchema,
          lastSeenAt: instantSchema,
          expiresAt: instantSchema,
        }),
      ),
    }),
    async handler(context) {
      const rows = await context.services.database.inScope('identity', (em) =>
        listSessions(em, context.session.userId, context.now),
      );
      return {
        items: rows.map((row) => ({
          id: row.id,
          current: row.id === context.session.id,
          address: row.address,
          agent: row.agent,
          createdAt: new Date(row.created_at).toISOString(),
          lastSeenAt: new Date(row.last_seen_at).toISOString(),
          expiresAt: new Date(row.expires_at).toISOString(),
        })),
      };
    },
  }),
  route({
    method: 'delete',
    path: '/sessions/:id',
    permission: 'signed-in',
    summary: 'End one of one’s own sessions',
    params: idParams,
    response: emptySchema,
    errors: ['NOT_FOUND'],
    async handler(context) {
      const { id } = context.params;
      const ended = await context.services.database.inScope('identity', (em) =>
        endSessions(em, context.session.userId, context.now, { only: id }),
      );
      if (ended === 0) throw new BusinessError('NOT_FOUND');
      await context.run((em) =>
        audit(em, context, { action: 'session.revoked', subjectType: 'session', subjectId: id }),
      );
      return {};
    },
  }),
];
