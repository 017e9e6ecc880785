import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { BusinessError } from '../../domain/errors.ts';
import { isPasswordCommon } from '../../domain/identity/password.ts';
import { rateLimits } from '../../domain/identity/rate-limits.ts';
import { hashPassword } from '../../db/identity/passwords.ts';
import { countUse } from '../../db/identity/rate-limits.ts';
import { readStorefront } from '../../db/identity/session-view.ts';
import { createUser } from '../../db/identity/users.ts';
import {
  createCustomer,
  isInvitationOpen,
  redeemInvitation,
  type Origin,
} from '../../db/organisations/sign-up.ts';
import type { Context } from '../context.ts';
import { fieldError } from '../input.ts';
import { route, type AnyRoute } from '../route.ts';
import { proveByCode } from './attempts.ts';
import { enter } from './enter.ts';
import { newPasswordSchema, personNameSchema, phoneSchema, smsCodeFields } from './schemas.ts';
import { sessionViewSchema } from './session-view.ts';

const defaultProject = { zh: '默认项目', en: 'Default project' } as const;

export const signUpRoutes: readonly AnyRoute[] = [
  route({
    method: 'post',
    path: '/sign-up',
    permission: 'public',
    summary: 'Register a customer of the storefront’s seller, or of the one who gave the invitation code',
    body: z.object({
      phone: phoneSchema,
      ...smsCodeFields,
      password: newPasswordSchema,
      name: personNameSchema,
      organisationName: z.string().trim().min(1).max(120),
      invitationCode: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[A-Z0-9]{6,12}$/, 'INVITATION_NOT_VALID')
        .optional(),
    }),
    response: sessionViewSchema,
    status: 201,
    errors: ['CODE_NOT_VALID', 'PHONE_REGISTERED', 'PASSWORD_TOO_COMMON', 'INVITATION_NOT_VALID'],
    async handler(context, http) {
      const { body, language, now, services } = context;
      if (isPasswordCommon(body.password, body.phone)) {
        throw fieldError('password', 'PASSWORD_TOO_COMMON');
      }
      await refuseClosedInvitation(context, body.invitationCode);
      if (await proveByCode(context, 'sign-up', body)) throw fieldError('phone', 'PHONE_REGISTERED');
      const passwordHash = await hashPassword(body.password);
      const made = await services.database.inScope('identity', async (em) => {
        const origin = await originOf(em, context, body.invitationCode);
        const { phone, name } = body;
        const userId = await createUser(em, services.secrets, { phone, name, passwordHash, language, now });
        if (!userId) throw fieldError('phone', 'PHONE_REGISTERED');
        const organisationId = await createCustomer(em, {
          name: body.organisationName,
          adminId: userId,
          origin,
          projectName: defaultProject[language],
          now,
        });
        return { userId, organisationId };
      });
      return enter(context, http, { ...made, action: 'sign-up' });
    },
  }),
];

/** Said before the SMS code is used up; guesses of invitation codes count against the address. */
async function refuseClosedInvitation(context: Context, code: string | undefined): Promise<void> {
  if (code === undefined) return;
  const { address, now, services } = context;
  const { seconds, isOpen } = await services.database.inScope('identity', async (em) => ({
    seconds: await countUse(em, rateLimits.codeAddress, address, now),
    isOpen: await isInvitationOpen(em, code, now),
  }));
  if (seconds !== null) throw new BusinessError('TOO_MANY_REQUESTS', { seconds });
  if (!isOpen) throw fieldError('invitationCode', 'INVITATION_NOT_VALID');
}

/** The invitation's seller, else the one whose storefront it is; the platform's own is no source. */
async function originOf(em: EntityManager, context: Context, code: string | undefined): Promise<Origin> {
  if (code !== undefined) {
    const origin = await redeemInvitation(em, code, context.now);
    if (!origin) throw fieldError('invitationCode', 'INVITATION_NOT_VALID');
    return origin;
  }
  const [seller] = await em.execute<{ kind: string }[]>('select kind from organisation where id = ?', [
    context.sellerId,
  ]);
  if (!seller) throw new BusinessError('NOT_FOUND');
  const storefront = seller.kind === 'platform' ? null : await readStorefront(em, context.sellerId);
  return {
    sellerId: context.sellerId,
    source: storefront ? 'storefront' : 'direct',
    sourceCode: storefront?.code ?? null,
    accountManagerId: null,
    departmentId: null,
  };
}
