import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { BusinessError } from '../../domain/errors.ts';
import { InvitationCodeEntity } from '../../db/organisations/entities.ts';
import { audit } from '../audit.ts';
import { instant } from '../pages.ts';
import { route, type AnyRoute } from '../route.ts';
import { instantSchema, uuidSchema } from '../schemas.ts';
import { ownAssignment } from './assignment.ts';

const invitationSchema = z.object({
  code: z.string(),
  campaign: z.string().nullable(),
  accountManagerId: uuidSchema.nullable(),
  departmentId: uuidSchema.nullable(),
  uses: z.number().int(),
  maxUses: z.number().int().nullable(),
  validTo: instantSchema.nullable(),
  createdAt: instantSchema,
});

const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

export const invitationCodeRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/invitation-codes',
    permission: 'invitation.manage',
    summary: 'Invitation codes of one’s own organisation, latest first',
    response: z.object({ items: z.array(invitationSchema) }),
    async handler(context) {
      const { organisationId } = context.session;
      const codes = await context.run((em) =>
        em.find(
          InvitationCodeEntity,
          { organisationId },
          { orderBy: { createdAt: 'desc', code: 'asc' }, limit: 500 },
        ),
      );
      return { items: codes.map(viewOf) };
    },
  }),
  route({
    method: 'post',
    path: '/invitation-codes',
    permission: 'invitation.manage',
    summary: 'Make an invitation code; who registers with it becomes a customer of one’s own organisation',
    body: z.object({
      campaign: z.string().trim().min(1).max(60).nullable().optional(),
      accountManagerId: uuidSchema.nullable().optional(),
      departmentId: uuidSchema.nullable().optional(),
      maxUses: z.number().int().min(1).max(100_000).nullable().optional(),
      validTo: instantSchema.nullable().optional(),
    }),
    response: invitationSchema,
    status: 201,
    errors: ['ACCOUNT_MANAGER_NOT_FOUND', 'DEPARTMENT_NOT_FOUND'],
    handler: (context) =>
      context.run(async (em) => {
        const { body, now, session } = context;
        const assignment = await ownAssignment(em, context, body);
        const invitation = em.create(InvitationCodeEntity, {
          code: [...randomBytes(10)].map((byte) => alphabet[byte % alphabet.length]).join(''),
          organisationId: session.organisationId,
          ...assignment,
          campaign: body.campaign ?? null,
          maxUses: body.maxUses ?? null,
          validTo: body.validTo ? new Date(body.validTo) : null,
          createdAt: now,
        });
        await em.flush();
        await audit(em, context, {
          action: 'invitation.made',
          subjectType: 'invitation-code',
          subjectId: invitation.code,
          after: { ...assignment, maxUses: invitation.maxUses, validTo: invitation.validTo },
        });
        return viewOf(invitation);
      }),
  }),
  route({
    method: 'delete',
    path: '/invitation-codes/:code',
    permission: 'invitation.manage',
    summary: 'End an invitation code now; customers who came by it stay',
    params: z.object({ code: z.string().max(12) }),
    response: invitationSchema,
    errors: ['NOT_FOUND'],
    handler: (context) =>
      context.run(async (em) => {
        const { organisationId } = context.session;
        const { code } = context.params;
        const invitation = await em.findOne(InvitationCodeEntity, { code, organisationId });
        if (!invitation) throw new BusinessError('NOT_FOUND');
        if (!invitation.validTo || invitation.validTo > context.now) invitation.validTo = context.now;
        await audit(em, context, {
          action: 'invitation.ended',
          subjectType: 'invitation-code',
          subjectId: code,
        });
        return viewOf(invitation);
      }),
  }),
];

function viewOf(invitation: {
  code: string;
  campaign: string | null;
  accountManagerId: string | null;
  departmentId: string | null;
  uses: number;
  maxUses: number | null;
  validTo: Date | null;
  createdAt: Date;
}): z.input<typeof invitationSchema> {
  return {
    code: invitation.code,
    campaign: invitation.campaign,
    accountManagerId: invitation.accountManagerId,
    departmentId: invitation.departmentId,
    uses: invitation.uses,
    maxUses: invitation.maxUses,
    validTo: instant(invitation.validTo),
    createdAt: instant(invitation.createdAt),
  };
}
