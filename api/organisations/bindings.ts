import { z } from 'zod';
import { listPaymentBindings, listSmsBindings } from '../../db/organisations/bindings.ts';
import { instant } from '../pages.ts';
import { route, type AnyRoute } from '../route.ts';
import { instantSchema, uuidSchema } from '../schemas.ts';

const common = {
  id: uuidSchema,
  state: z.enum(['active', 'suspended']),
  createdAt: instantSchema,
};

export const bindingRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/bindings',
    permission: 'binding.manage',
    summary: 'Payment and SMS accounts of one’s own organisation; ids are masked, keys are never shown',
    response: z.object({
      payment: z.array(
        z.object({
          ...common,
          channel: z.enum(['alipay']),
          appId: z.string().meta({ description: 'Masked' }),
          merchantId: z.string().meta({ description: 'Masked' }),
          gateway: z.string(),
          callbackPath: z.string().meta({ description: 'Where the channel posts its notifications' }),
        }),
      ),
      sms: z.array(
        z.object({
          ...common,
          channel: z.enum(['aliyun']),
          accessKeyId: z.string().meta({ description: 'Masked' }),
          endpoint: z.string(),
          signName: z.string(),
        }),
      ),
    }),
    handler: (context) =>
      context.run(
        async (em) => {
          const { organisationId } = context.session;
          const payment = await listPaymentBindings(em, organisationId);
          const sms = await listSmsBindings(em, organisationId);
          return {
            payment: payment.map(
              ({ appId, merchantId, gatewayUrl, callbackCode, createdAt, ...binding }) => ({
                ...binding,
                appId: masked(appId),
                merchantId: masked(merchantId),
                gateway: new URL(gatewayUrl).host,
                callbackPath: `/callback/alipay/${callbackCode}`,
                createdAt: instant(createdAt),
              }),
            ),
            sms: sms.map(({ accessKeyId, endpoint, createdAt, ...binding }) => ({
              ...binding,
              accessKeyId: masked(accessKeyId),
              endpoint: new URL(endpoint).host,
              createdAt: instant(createdAt),
            })),
          };
        },
        { readOnly: true },
      ),
  }),
];

/** "2021424975664013" → "2021••••4013". */
function masked(text: string): string {
  return text.length > 8 ? `${text.slice(0, 4)}••••${text.slice(-4)}` : '••••';
}
