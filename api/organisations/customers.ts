import { z } from 'zod';
import { BusinessError } from '../../domain/errors.ts';
import {
  assignCustomer,
  listCustomers,
  readCustomer,
  searchCustomers,
  type CustomerRow,
} from '../../db/organisations/customers.ts';
import { audit } from '../audit.ts';
import { instant, pageOfRows, positionOf } from '../pages.ts';
import { route, type AnyRoute } from '../route.ts';
import { idParams, instantSchema, pageOf, pageQuery, uuidSchema } from '../schemas.ts';
import { ownAssignment } from './assignment.ts';

const partSchema = z.object({ id: uuidSchema, name: z.string() }).nullable();
const customerSchema = z.object({
  id: uuidSchema,
  number: z.string(),
  name: z.string(),
  state: z.enum(['active', 'suspended']),
  verification: z.string(),
  source: z.string(),
  sourceCode: z.string().nullable(),
  accountManager: partSchema,
  department: partSchema,
  createdAt: instantSchema,
});

export const customerRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/customers',
    permission: 'customer.read',
    summary: 'Customers of one’s own organisation, latest first; a search answers one page',
    query: z.object({
      ...pageQuery,
      search: z.string().trim().min(1).max(60).optional(),
      accountManagerId: uuidSchema.optional(),
    }),
    response: pageOf(customerSchema),
    async handler(context) {
      const { cursor, limit, search, accountManagerId } = context.query;
      const seller = context.session.organisationId;
      const rows = await context.run(
        (em) =>
          search === undefined
            ? listCustomers(em, seller, { position: positionOf(cursor), limit, accountManagerId })
            : searchCustomers(em, seller, search, limit),
        { readOnly: true },
      );
      return pageOfRows(rows, limit, (row) => row.id, viewOf);
    },
  }),
  route({
    method: 'get',
    path: '/customers/:id',
    permission: 'customer.read',
    summary: 'One customer',
    params: idParams,
    response: customerSchema,
    errors: ['NOT_FOUND'],
    async handler(context) {
      const row = await context.run(
        (em) => readCustomer(em, context.session.organisationId, context.params.id),
        { readOnly: true },
      );
      if (!row) throw new BusinessError('NOT_FOUND');
      return viewOf(row);
    },
  }),
  route({
    method: 'put',
    path: '/customers/:id/account-manager',
    permission: 'customer.manage',
    summary: 'Give a customer to an account manager and a department; orders from now on carry them',
    params: idParams,
    body: z.object({
      accountManagerId: uuidSchema.nullable(),
      departmentId: uuidSchema.nullable().optional(),
    }),
    response: customerSchema,
    errors: ['NOT_FOUND', 'ACCOUNT_MANAGER_NOT_FOUND', 'DEPARTMENT_NOT_FOUND'],
    handler: (context) =>
      context.run(async (em) => {
        const seller = context.session.organisationId;
        const { id } = context.params;
        const customer = await readCustomer(em, seller, id);
        if (!customer) throw new BusinessError('NOT_FOUND');
        const before = {
          accountManagerId: customer.account_manager_id,
          departmentId: customer.department_id,
        };
        const after = await ownAssignment(em, context, { ...before, ...context.body });
        await assignCustomer(em, seller, id, after);
        await audit(em, context, {
          action: 'customer.assigned',
          subjectType: 'customer',
          subjectId: id,
          before,
          after,
        });
        return viewOf((await readCustomer(em, seller, id))!);
      }),
  }),
];

function viewOf(row: CustomerRow): z.input<typeof customerSchema> {
  const part = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    state: row.state,
    verification: row.verification,
    source: row.source,
    sourceCode: row.source_code,
    accountManager: part(row.account_manager_id, row.account_manager),
    department: part(row.department_id, row.department),
    createdAt: instant(row.created_at),
  };
}
