import { z } from 'zod';
import { BusinessError } from '../../domain/errors.ts';
import { isPasswordCommon } from '../../domain/identity/password.ts';
import { rateLimits } from '../../domain/identity/rate-limits.ts';
import { hashPassword, isPasswordRight } from '../../db/identity/passwords.ts';
import { countUse, forgetUses } from '../../db/identity/rate-limits.ts';
import { endSessions } from '../../db/identity/sessions.ts';
import { setPassword } from '../../db/identity/users.ts';
import type { Context } from '../context.ts';
import { fieldError } from '../input.ts';
import { route, type AnyRoute } from '../route.ts';
import { proveByCode } from './attempts.ts';
import { enter } from './enter.ts';
import { newPasswordSchema, passwordSchema, phoneSchema, smsCodeFields } from './schemas.ts';
import { sessionViewSchema } from './session-view.ts';

export const passwordRoutes: readonly AnyRoute[] = [
  route({
    method: 'put',
    path: '/password',
    permission: 'signed-in',
    summary: 'Change one’s password; every session ends, this browser gets a new one',
    body: z.object({ current: passwordSchema, password: newPasswordSchema }),
    response: sessionViewSchema,
    errors: ['PASSWORD_WRONG', 'PASSWORD_TOO_COMMON', 'SIGN_IN_LOCKED'],
    async handler(context, http) {
      const { userId, organisationId } = context.session;
      await requireCurrentPassword(context, userId, context.body.current);
      if (isPasswordCommon(context.body.password)) throw fieldError('password', 'PASSWORD_TOO_COMMON');
      await replacePassword(context, userId, context.body.password);
      return enter(context, http, { userId, organisationId, action: 'password.changed' });
    },
  }),
  route({
    method: 'post',
    path: '/password/reset',
    permission: 'public',
    summary: 'Set a new password by SMS code; every session ends, this browser is signed in',
    body: z.object({ phone: phoneSchema, ...smsCodeFields, password: newPasswordSchema }),
    response: sessionViewSchema,
    errors: ['CODE_NOT_VALID', 'PASSWORD_TOO_COMMON'],
    async handler(context, http) {
      const { body } = context;
      if (isPasswordCommon(body.password, body.phone)) {
        throw fieldError('password', 'PASSWORD_TOO_COMMON');
      }
      const user = await proveByCode(context, 'reset-password', body);
      if (user?.state !== 'active') throw new BusinessError('CODE_NOT_VALID');
      await replacePassword(context, user.id, body.password);
      await context.services.database.inScope('identity', (em) =>
        forgetUses(em, rateLimits.signInAccount, context.services.secrets.hash(body.phone)),
      );
      return enter(context, http, { userId: user.id, action: 'password.reset' });
    },
  }),
];

/** Guesses of the current password share the account's limit, so that a stolen session is no way around it. */
async function requireCurrentPassword(context: Context, userId: string, password: string): Promise<void> {
  const { database } = context.services;
  const { hash, wait, subject } = await database.inScope('identity', async (em) => {
    const [user] = await em.execute<{ password_hash: string | null; phone_hash: string }[]>(
      'select password_hash, phone_hash from user_account where id = ?',
      [userId],
    );
    const account = user!.phone_hash;
    const seconds = await countUse(em, rateLimits.signInAccount, account, context.now);
    return { hash: user!.password_hash, wait: seconds, subject: account };
  });
  if (wait !== null) throw new BusinessError('SIGN_IN_LOCKED', { seconds: wait });
  if (!(await isPasswordRight(hash, password))) throw fieldError('current', 'PASSWORD_WRONG');
  await database.inScope('identity', (em) => forgetUses(em, rateLimits.signInAccount, subject));
}

async function replacePassword(context: Context, userId: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  await context.services.database.inScope('identity', async (em) => {
    await setPassword(em, userId, passwordHash, context.now);
    await endSessions(em, userId, context.now);
  });
}
