import { z } from 'zod';
import { listDistributors } from '../../db/organisations/customers.ts';
import { instant, pageOfRows, positionOf } from '../pages.ts';
import { route, type AnyRoute } from '../route.ts';
import { instantSchema, pageOf, pageQuery, uuidSchema } from '../schemas.ts';

export const distributorRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/distributors',
    permission: 'distributor.read',
    summary: 'Child distributors, latest first; what is below them stays theirs',
    query: z.object(pageQuery),
    response: pageOf(
      z.object({
        id: uuidSchema,
        number: z.string(),
        name: z.string(),
        state: z.enum(['active', 'suspended']),
        createdAt: instantSchema,
      }),
    ),
    async handler(context) {
      const { cursor, limit } = context.query;
      const wanted = { position: positionOf(cursor), limit };
      const rows = await context.run((em) => listDistributors(em, context.session.organisationId, wanted), {
        readOnly: true,
      });
      return pageOfRows(
        rows,
        limit,
        (row) => row.id,
        ({ id, number, name, state, created_at }) => ({
          id,
          number,
          name,
          state,
          createdAt: instant(created_at),
        }),
      );
    },
  }),
];
