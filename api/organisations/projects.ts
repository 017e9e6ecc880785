import { z } from 'zod';
import { BusinessError } from '../../domain/errors.ts';
import { ProjectEntity } from '../../db/organisations/entities.ts';
import { audit } from '../audit.ts';
import { fieldError } from '../input.ts';
import { instant } from '../pages.ts';
import { route, type AnyRoute } from '../route.ts';
import { idParams, instantSchema, uuidSchema } from '../schemas.ts';

const projectSchema = z.object({
  id: uuidSchema,
  name: z.string(),
  isDefault: z.boolean(),
  state: z.enum(['active', 'closed']),
  createdAt: instantSchema,
});
const nameSchema = z.string().trim().min(1).max(60);

export const projectRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/projects',
    permission: 'project.read',
    summary: 'Projects of one’s own organisation, the default one first',
    response: z.object({ items: z.array(projectSchema) }),
    async handler(context) {
      const { organisationId } = context.session;
      const projects = await context.run((em) =>
        em.find(
          ProjectEntity,
          { organisationId },
          { orderBy: { isDefault: 'desc', createdAt: 'asc', id: 'asc' }, limit: 1000 },
        ),
      );
      return { items: projects.map(viewOf) };
    },
  }),
  route({
    method: 'post',
    path: '/projects',
    permission: 'project.manage',
    summary: 'Make a project',
    body: z.object({ name: nameSchema }),
    response: projectSchema,
    status: 201,
    errors: ['NAME_TAKEN'],
    handler: (context) =>
      context.run(async (em) => {
        const { organisationId } = context.session;
        const { name } = context.body;
        if (await em.count(ProjectEntity, { organisationId, name })) {
          throw fieldError('name', 'NAME_TAKEN', { name });
        }
        const project = em.create(ProjectEntity, { organisationId, name, createdAt: context.now });
        await em.flush();
        const { id } = project;
        await audit(em, context, {
          action: 'project.made',
          subjectType: 'project',
          subjectId: id,
          after: { name },
        });
        return viewOf(project);
      }),
  }),
  route({
    method: 'patch',
    path: '/projects/:id',
    permission: 'project.manage',
    summary: 'Rename, close or reopen a project',
    params: idParams,
    body: z.object({ name: nameSchema.optional(), state: z.enum(['active', 'closed']).optional() }),
    response: projectSchema,
    errors: ['NAME_TAKEN', 'DEFAULT_PROJECT', 'NOT_FOUND'],
    handler: (context) =>
      context.run(async (em) => {
        const { organisationId } = context.session;
        const { id } = context.params;
        const project = await em.findOne(ProjectEntity, { id, organisationId });
        if (!project) throw new BusinessError('NOT_FOUND');
        const before = { name: project.name, state: project.state };
        const after = { ...before, ...context.body };
        if (project.isDefault && after.state === 'closed') throw new BusinessError('DEFAULT_PROJECT');
        if (await em.count(ProjectEntity, { organisationId, name: after.name, id: { $ne: id } })) {
          throw fieldError('name', 'NAME_TAKEN', { name: after.name });
        }
        Object.assign(project, after);
        await audit(em, context, {
          action: 'project.changed',
          subjectType: 'project',
          subjectId: id,
          before,
          after,
        });
        return viewOf(project);
      }),
  }),
];

function viewOf(project: {
  id: string;
  name: string;
  isDefault: boolean;
  state: 'active' | 'closed';
  createdAt: Date;
}): z.input<typeof projectSchema> {
  const { id, name, isDefault, state, createdAt } = project;
  return { id, name, isDefault, state, createdAt: instant(createdAt) };
}
