import { z } from 'zod';
import { BusinessError } from '../../domain/errors.ts';
import { countUnread, listMessages, markRead } from '../../db/notifications/message-list.ts';
import { instant, pageOfRows, positionOf } from '../pages.ts';
import { route, type AnyRoute } from '../route.ts';
import { emptySchema, idParams, instantSchema, pageOf, pageQuery, uuidSchema } from '../schemas.ts';

const messageSchema = z.object({
  id: uuidSchema,
  kind: z.string(),
  details: z.record(z.string(), z.string()),
  link: z.string().nullable(),
  createdAt: instantSchema,
  readAt: instantSchema.nullable(),
});

export const messageRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/messages',
    permission: 'message.read',
    summary: 'Messages to one’s own organisation, latest first, and how many are unread (at most 100)',
    query: z.object({ ...pageQuery, unread: z.enum(['true', 'false']).optional() }),
    response: pageOf(messageSchema).extend({ unread: z.number().int() }),
    handler: (context) =>
      context.run(
        async (em) => {
          const { cursor, limit, unread } = context.query;
          const { organisationId } = context.session;
          const wanted = { position: positionOf(cursor), limit, unread: unread === 'true' };
          const rows = await listMessages(em, organisationId, wanted);
          const page = pageOfRows(
            rows,
            limit,
            (row) => row.id,
            ({ id, kind, details, link, created_at, read_at }) => ({
              id,
              kind,
              details,
              link,
              createdAt: instant(created_at),
              readAt: instant(read_at),
            }),
          );
          return { ...page, unread: await countUnread(em, organisationId) };
        },
        { readOnly: true },
      ),
  }),
  route({
    method: 'post',
    path: '/messages/:id/read',
    permission: 'message.read',
    summary: 'Mark a message as read',
    params: idParams,
    response: emptySchema,
    errors: ['NOT_FOUND'],
    async handler(context) {
      const { organisationId } = context.session;
      const marked = await context.run((em) => markRead(em, organisationId, context.params.id, context.now));
      if (marked === 0) throw new BusinessError('NOT_FOUND');
      return {};
    },
  }),
  route({
    method: 'post',
    path: '/messages/read',
    permission: 'message.read',
    summary: 'Mark all messages as read',
    response: emptySchema,
    async handler(context) {
      await context.run((em) => markRead(em, context.session.organisationId, null, context.now));
      return {};
    },
  }),
];
