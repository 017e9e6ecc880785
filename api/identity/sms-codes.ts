import { z } from 'zod';
import { BusinessError } from '../../domain/errors.ts';
import { rateLimits } from '../../domain/identity/rate-limits.ts';
import { smsCodeLimits, smsPurposes } from '../../domain/identity/sms-codes.ts';
import {
  smsCodeWorkflow,
  smsCodeWorkflowId,
  type SmsCodeInput,
} from '../../domain/notifications.messages.ts';
import { countUse } from '../../db/identity/rate-limits.ts';
import { createSmsCode } from '../../db/identity/sms-codes.ts';
import { findUserByPhone } from '../../db/identity/users.ts';
import { route, type AnyRoute } from '../route.ts';
import { instantSchema, uuidSchema } from '../schemas.ts';
import { startProcess } from '../start-process.ts';
import { phoneSchema } from './schemas.ts';

export const smsCodeRoutes: readonly AnyRoute[] = [
  route({
    method: 'post',
    path: '/sms-codes',
    permission: 'public',
    summary: 'Send a code by SMS; the answer is the same whether or not the number is registered',
    body: z.object({ phone: phoneSchema, purpose: z.enum(smsPurposes) }),
    response: z.object({ codeId: uuidSchema, expiresAt: instantSchema, resendSeconds: z.number().int() }),
    status: 202,
    errors: ['TOO_MANY_REQUESTS'],
    async handler(context) {
      const { services, now, sellerId, address } = context;
      const { phone, purpose } = context.body;
      const account = services.secrets.hash(phone);
      const seconds = await services.database.inScope('identity', async (em) => {
        const byAddress = await countUse(em, rateLimits.smsAddress, address, now);
        const byDay = await countUse(em, rateLimits.smsAccountDay, account, now);
        return (await countUse(em, rateLimits.smsAccountMinute, account, now)) ?? byDay ?? byAddress;
      });
      if (seconds !== null) throw new BusinessError('TOO_MANY_REQUESTS', { seconds });
      const codeId = await services.database.inScope('identity', async (em) => {
        const user = await findUserByPhone(em, services.secrets, phone);
        const deliver = purpose === 'sign-up' || user?.state === 'active';
        return createSmsCode(em, services.secrets, { phone, purpose, sellerId, deliver, now });
      });
      await startProcess<SmsCodeInput>(
        services,
        smsCodeWorkflow,
        smsCodeWorkflowId(codeId),
        { codeId },
        `SMS code for ${purpose}`,
      );
      return {
        codeId,
        expiresAt: new Date(now.getTime() + smsCodeLimits.milliseconds).toISOString(),
        resendSeconds: rateLimits.smsAccountMinute.seconds,
      };
    },
  }),
];
