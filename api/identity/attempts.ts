import { BusinessError } from '../../domain/errors.ts';
import { rateLimits } from '../../domain/identity/rate-limits.ts';
import type { SmsPurpose } from '../../domain/identity/sms-codes.ts';
import { countUse, forgetUses, returnUse } from '../../db/identity/rate-limits.ts';
import { useSmsCode } from '../../db/identity/sms-codes.ts';
import { findUserByPhone, type UserRow } from '../../db/identity/users.ts';
import { isPasswordRight } from '../../db/identity/passwords.ts';
import type { Context } from '../context.ts';

/**
 * Tries a password. The try counts for the number and for the address before it is looked at; an unknown number takes
 * the same way and the same time. Answers null when it is wrong.
 * @throws BusinessError SIGN_IN_LOCKED
 */
export async function tryPassword(
  context: Context,
  phone: string,
  password: string,
): Promise<UserRow | null> {
  const { database, secrets } = context.services;
  const account = secrets.hash(phone);
  const { user, wait } = await database.inScope('identity', async (em) => {
    const byAddress = await countUse(em, rateLimits.signInAddress, context.address, context.now);
    const byAccount = await countUse(em, rateLimits.signInAccount, account, context.now);
    return { user: await findUserByPhone(em, secrets, phone), wait: byAccount ?? byAddress };
  });
  if (wait !== null) throw new BusinessError('SIGN_IN_LOCKED', { seconds: wait });
  const isRight = await isPasswordRight(user?.password_hash ?? null, password);
  await database.inScope('identity', async (em) => {
    if (!isRight) return noteFailure(em, context, user?.id ?? null);
    await forgetUses(em, rateLimits.signInAccount, account);
    await returnUse(em, rateLimits.signInAddress, context.address);
  });
  return isRight && user?.state === 'active' ? user : null;
}

/** A failed try stands in the audit trail of every organisation of the person; for an unknown number there is none. */
async function noteFailure(
  em: Parameters<typeof countUse>[0],
  context: Context,
  userId: string | null,
): Promise<void> {
  context.services.log.warn({ address: context.address, requestId: context.requestId }, 'sign-in failed');
  await em.execute(
    `insert into audit_event (organisation_id, user_id, action, subject_type, subject_id, request_id, address)
     select organisation_id, user_id, 'sign-in.failed', 'user', user_id::text, ?, ?
       from membership where user_id = ?::uuid and state = 'active'`,
    [context.requestId, context.address, userId],
  );
}

/**
 * Uses an SMS code up, and answers the number's user (null for a sign-up, or an unknown number).
 * @throws BusinessError CODE_NOT_VALID, TOO_MANY_REQUESTS
 */
export async function proveByCode(
  context: Context,
  purpose: SmsPurpose,
  proof: { phone: string; codeId: string; code: string },
): Promise<UserRow | null> {
  const { database, secrets } = context.services;
  const outcome = await database.inScope('identity', async (em) => {
    const wait = await countUse(em, rateLimits.codeAddress, context.address, context.now);
    if (wait !== null) return { wait };
    const { phone, codeId: id, code } = proof;
    const isRight = await useSmsCode(em, secrets, { id, code, phone, purpose, now: context.now });
    if (isRight) await returnUse(em, rateLimits.codeAddress, context.address);
    return { isRight, user: await findUserByPhone(em, secrets, phone) };
  });
  if (outcome.wait !== undefined) throw new BusinessError('TOO_MANY_REQUESTS', { seconds: outcome.wait });
  if (!outcome.isRight) throw new BusinessError('CODE_NOT_VALID');
  return outcome.user;
}
