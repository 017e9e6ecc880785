import { z } from 'zod';
import { BusinessError } from '../../domain/errors.ts';
import { DepartmentEntity } from '../../db/organisations/entities.ts';
import { isDepartmentInUse } from '../../db/organisations/departments.ts';
import { audit } from '../audit.ts';
import { fieldError } from '../input.ts';
import { route, type AnyRoute } from '../route.ts';
import { emptySchema, idParams, uuidSchema } from '../schemas.ts';

const departmentSchema = z.object({ id: uuidSchema, name: z.string(), parentId: uuidSchema.nullable() });
const nameSchema = z.string().trim().min(1).max(60);

export const departmentRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/departments',
    permission: 'member.read',
    summary: 'Departments of one’s own organisation',
    response: z.object({ items: z.array(departmentSchema) }),
    async handler(context) {
      const { organisationId } = context.session;
      const items = await context.run((em) =>
        em.find(
          DepartmentEntity,
          { organisationId, closedAt: null },
          { orderBy: { name: 'asc' }, limit: 1000 },
        ),
      );
      return { items: items.map(viewOf) };
    },
  }),
  route({
    method: 'post',
    path: '/departments',
    permission: 'department.manage',
    summary: 'Make a department, below another one or at the top',
    body: z.object({ name: nameSchema, parentId: uuidSchema.nullable().optional() }),
    response: departmentSchema,
    status: 201,
    errors: ['NAME_TAKEN', 'DEPARTMENT_NOT_FOUND'],
    handler: (context) =>
      context.run(async (em) => {
        const { organisationId } = context.session;
        const { name, parentId = null } = context.body;
        if (
          parentId &&
          !(await em.count(DepartmentEntity, { id: parentId, organisationId, closedAt: null }))
        ) {
          throw fieldError('parentId', 'DEPARTMENT_NOT_FOUND');
        }
        if (await em.count(DepartmentEntity, { organisationId, name, closedAt: null })) {
          throw fieldError('name', 'NAME_TAKEN', { name });
        }
        const department = em.create(DepartmentEntity, { organisationId, name, parentId });
        await em.flush();
        await audit(em, context, {
          action: 'department.made',
          subjectType: 'department',
          subjectId: department.id,
          after: { name, parentId },
        });
        return viewOf(department);
      }),
  }),
  route({
    method: 'patch',
    path: '/departments/:id',
    permission: 'department.manage',
    summary: 'Rename a department',
    params: idParams,
    body: z.object({ name: nameSchema }),
    response: departmentSchema,
    errors: ['NAME_TAKEN', 'NOT_FOUND'],
    handler: (context) =>
      context.run(async (em) => {
        const { organisationId } = context.session;
        const { name } = context.body;
        const { id } = context.params;
        const department = await em.findOne(DepartmentEntity, { id, organisationId, closedAt: null });
        if (!department) throw new BusinessError('NOT_FOUND');
        if (await em.count(DepartmentEntity, { organisationId, name, closedAt: null, id: { $ne: id } })) {
          throw fieldError('name', 'NAME_TAKEN', { name });
        }
        await audit(em, context, {
          action: 'department.renamed',
          subjectType: 'department',
          subjectId: id,
          before: { name: department.name },
          after: { name },
        });
        department.name = name;
        return viewOf(department);
      }),
  }),
  route({
    method: 'delete',
    path: '/departments/:id',
    permission: 'department.manage',
    summary: 'Close a department that nobody belongs to any more; orders keep its name',
    params: idParams,
    response: emptySchema,
    errors: ['DEPARTMENT_IN_USE', 'NOT_FOUND'],
    handler: (context) =>
      context.run(async (em) => {
        const { organisationId } = context.session;
        const { id } = context.params;
        const department = await em.findOne(DepartmentEntity, { id, organisationId, closedAt: null });
        if (!department) throw new BusinessError('NOT_FOUND');
        if (await isDepartmentInUse(em, organisationId, id)) throw new BusinessError('DEPARTMENT_IN_USE');
        department.closedAt = context.now;
        await audit(em, context, {
          action: 'department.closed',
          subjectType: 'department',
          subjectId: id,
          before: { name: department.name },
        });
        return {};
      }),
  }),
];

function viewOf({ id, name, parentId }: { id: string; name: string; parentId: string | null }) {
  return { id, name, parentId };
}
