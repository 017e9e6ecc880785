import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { BusinessError } from '../../domain/errors.ts';
import { rateLimits } from '../../domain/identity/rate-limits.ts';
import { rolesOfKind } from '../../domain/identity/permissions.ts';
import { adminRoleOfKind } from '../../domain/organisations/admins.ts';
import { countUse } from '../../db/identity/rate-limits.ts';
import { endSessionsIn } from '../../db/identity/sessions.ts';
import { createUser, findUserByPhone } from '../../db/identity/users.ts';
import {
  addMember,
  changeMember,
  countHolders,
  listMembers,
  type MemberRow,
} from '../../db/organisations/members.ts';
import { audit } from '../audit.ts';
import type { SignedInContext } from '../context.ts';
import { fieldError } from '../input.ts';
import { personNameSchema, phoneSchema } from '../identity/schemas.ts';
import { instant } from '../pages.ts';
import { route, type AnyRoute } from '../route.ts';
import { emptySchema, instantSchema, uuidSchema } from '../schemas.ts';
import { ownDepartment } from './assignment.ts';

const memberSchema = z.object({
  userId: uuidSchema,
  number: z.string(),
  name: z.string(),
  phone: z.string().meta({ description: 'Masked' }),
  roles: z.array(z.string()),
  departmentId: uuidSchema.nullable(),
  department: z.string().nullable(),
  joinedAt: instantSchema,
});

const rolesSchema = z.array(z.string().max(40)).min(1).max(10);
const memberParams = z.object({ userId: uuidSchema });
const errors = ['ROLE_NOT_OF_KIND', 'DEPARTMENT_NOT_FOUND', 'NOT_FOUND'] as const;

export const memberRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/members',
    permission: 'member.read',
    summary: 'Members of one’s own organisation, and the roles there are',
    response: z.object({ items: z.array(memberSchema), roles: z.array(z.string()) }),
    async handler(context) {
      const { organisationId, organisationKind } = context.session;
      const rows = await context.run((em) => listMembers(em, organisationId), { readOnly: true });
      return { items: rows.map(viewOf), roles: [...rolesOfKind[organisationKind]] };
    },
  }),
  route({
    method: 'post',
    path: '/members',
    permission: 'member.manage',
    summary: 'Add a member by phone number; who is new signs in by SMS code',
    body: z.object({
      phone: phoneSchema,
      name: personNameSchema,
      roles: rolesSchema,
      departmentId: uuidSchema.nullable().optional(),
    }),
    response: memberSchema,
    status: 201,
    errors: [...errors, 'MEMBER_EXISTS', 'TOO_MANY_REQUESTS'],
    async handler(context) {
      const { body, now, session } = context;
      const roles = ownRoles(context, body.roles);
      const userId = await findOrCreate(context, body.phone, body.name);
      return context.run(async (em) => {
        const departmentId = await ownDepartment(em, context, body.departmentId ?? null);
        const { organisationId } = session;
        const isNew = await addMember(em, { organisationId, userId, roles, departmentId, now });
        if (!isNew) throw fieldError('phone', 'MEMBER_EXISTS');
        const [member] = await listMembers(em, organisationId, userId);
        await audit(em, context, {
          action: 'member.added',
          subjectType: 'user',
          subjectId: userId,
          after: { roles, departmentId },
        });
        return viewOf(member!);
      });
    },
  }),
  route({
    method: 'patch',
    path: '/members/:userId',
    permission: 'member.manage',
    summary: 'Change a member’s roles or department; it holds from their next request',
    params: memberParams,
    body: z.object({ roles: rolesSchema.optional(), departmentId: uuidSchema.nullable().optional() }),
    response: memberSchema,
    errors: [...errors, 'LAST_ADMIN'],
    handler(context) {
      const { body, params, session } = context;
      return context.run(async (em) => {
        const member = await requireMember(em, context, params.userId);
        const roles = body.roles ? ownRoles(context, body.roles) : member.roles;
        await keepAnAdmin(em, context, member, roles);
        const departmentId =
          body.departmentId === undefined
            ? member.department_id
            : await ownDepartment(em, context, body.departmentId);
        await changeMember(em, session.organisationId, member.user_id, {
          roles,
          departmentId,
          state: 'active',
        });
        await audit(em, context, {
          action: 'member.changed',
          subjectType: 'user',
          subjectId: member.user_id,
          before: { roles: member.roles, departmentId: member.department_id },
          after: { roles, departmentId },
        });
        const [changed] = await listMembers(em, session.organisationId, member.user_id);
        return viewOf(changed!);
      });
    },
  }),
  route({
    method: 'delete',
    path: '/members/:userId',
    permission: 'member.manage',
    summary: 'Let a member go; their sessions in this organisation end',
    params: memberParams,
    response: emptySchema,
    errors: ['NOT_FOUND', 'LAST_ADMIN'],
    async handler(context) {
      const { params, session, now } = context;
      const { organisationId } = session;
      await context.run(async (em) => {
        const member = await requireMember(em, context, params.userId);
        await keepAnAdmin(em, context, member, []);
        const { roles, department_id: departmentId } = member;
        await changeMember(em, organisationId, params.userId, { roles, departmentId, state: 'left' });
        await audit(em, context, {
          action: 'member.left',
          subjectType: 'user',
          subjectId: params.userId,
          before: { roles, departmentId },
        });
      });
      await context.services.database.inScope('identity', (em) =>
        endSessionsIn(em, organisationId, params.userId, now),
      );
      return {};
    },
  }),
];

/** The user of a number, made where there is none; how many an organisation may look for is limited. */
async function findOrCreate(context: SignedInContext, phone: string, name: string): Promise<string> {
  const { services, now, language, session } = context;
  const { database, secrets } = services;
  const seconds = await database.inScope('identity', (em) =>
    countUse(em, rateLimits.memberSearch, session.organisationId, now),
  );
  if (seconds !== null) throw new BusinessError('TOO_MANY_REQUESTS', { seconds });
  return database.inScope('identity', async (em) => {
    const known = await findUserByPhone(em, secrets, phone);
    if (known) return known.id;
    const made = await createUser(em, secrets, { phone, name, passwordHash: null, language, now });
    return made ?? (await findUserByPhone(em, secrets, phone))!.id;
  });
}

function ownRoles(context: SignedInContext, roles: readonly string[]): string[] {
  const allowed: readonly string[] = rolesOfKind[context.session.organisationKind];
  const foreign = roles.find((role) => !allowed.includes(role));
  if (foreign !== undefined) throw fieldError('roles', 'ROLE_NOT_OF_KIND', { role: foreign });
  return [...new Set(roles)];
}

async function requireMember(
  em: EntityManager,
  context: SignedInContext,
  userId: string,
): Promise<MemberRow> {
  const [member] = await listMembers(em, context.session.organisationId, userId);
  if (!member) throw new BusinessError('NOT_FOUND');
  return member;
}

/** Refuses to take the admin role from the last who holds it. */
async function keepAnAdmin(
  em: EntityManager,
  context: SignedInContext,
  member: MemberRow,
  roles: readonly string[],
): Promise<void> {
  const { organisationId, organisationKind } = context.session;
  const admin = adminRoleOfKind[organisationKind];
  if (!member.roles.includes(admin) || roles.includes(admin)) return;
  if ((await countHolders(em, organisationId, admin)) <= 1) throw new BusinessError('LAST_ADMIN');
}

function viewOf(row: MemberRow): z.input<typeof memberSchema> {
  return {
    userId: row.user_id,
    number: row.number,
    name: row.name,
    phone: row.phone_masked,
    roles: row.roles,
    departmentId: row.department_id,
    department: row.department,
    joinedAt: instant(row.joined_at),
  };
}
